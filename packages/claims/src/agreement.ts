import {median} from '@minefield/core';
import type {AnalysisOf, ExperimentRecord, ResultRecord, RunRecord} from '@minefield/results';
import {recordSet} from '@minefield/results';
import {middleCutoff} from './measures.ts';
import {FEWEST_RANKED} from './rank-correlation.ts';
import {spearman} from './statistics.ts';

/** How far the measurements of many minima put them in the same order. What `minefield agreement --json` prints. */
export interface AgreementDocument {
  readonly experiment: string;
  /** Networks that came to an end. */
  readonly networks: number;
  /** Loss cutoff at which volumes and radii are compared; null where the experiment has no basins. */
  readonly cutoff: number | null;
  readonly quantities: readonly string[];
  /** Spearman's ρ over the networks that have both, `[quantities, quantities]`; null where there are fewer than three. */
  readonly rho: readonly (readonly (number | null)[])[];
  /** Median of each quantity over the networks of a level that have it, `[quantities]`; null where none has. */
  readonly levels: readonly {readonly poisonFactor: number; readonly medians: readonly (number | null)[]}[];
  /** How many networks have both, `[quantities, quantities]`. */
  readonly pairs: readonly (readonly number[])[];
  /** null where no largest eigenvalue was sought at points next to its minimum. */
  readonly steadiness: Steadiness | null;
}

/** How many largest eigenvalues mean something, where each weight moves by a millionth of itself. */
export interface Steadiness {
  /** Networks of which that is known. */
  readonly networks: number;
  /** Those whose eigenvalues at these points lie further apart than a tenth of their median. */
  readonly beyondTenth: number;
  /** Those of which the highest is more than twice the lowest. */
  readonly twofold: number;
}

type Quantity = (run: RunRecord) => number | null | undefined;

/**
 * Rank correlations between all that was measured of the networks of an experiment, every seed and level a network of its
 * own. A quantity that no network has is left out.
 *
 * @param records any records; only those that `experiment` names take part
 */
export function agreementOf(
  experiment: ExperimentRecord,
  records: Iterable<ResultRecord>,
): AgreementDocument {
  const named = new Set(experiment.jobs.map(({identity}) => identity));
  const set = recordSet(
    [...records].filter(
      (record) =>
        record.experiment === experiment.experiment &&
        (record.kind === 'experiment' || named.has(record.identity)),
    ),
  );
  const runs = set.runs({experiment: experiment.experiment}).filter(({data}) => data.final !== null);
  const cutoff = middleCutoff(set.analyses('basin').at(0)?.data.cutoffs ?? []);
  const at = (
    record: AnalysisOf<'basin'> | AnalysisOf<'preconditioned'> | undefined,
  ):
    | AnalysisOf<'preconditioned'>['data']['cutoffs'][number]
    | AnalysisOf<'basin'>['data']['cutoffs'][number]
    | undefined => record?.data.cutoffs.find(({kind, value}) => kind === 'loss' && value === cutoff);
  const quantities: Readonly<Record<string, Quantity>> = {
    'poison factor': ({poisonFactor}) => poisonFactor,
    'generalization gap': ({data}) => data.final?.generalizationGap,
    'mean margin': (run) => set.analysis('margin', run)?.data.mean,
    'largest eigenvalue': (run) => set.analysis('curvature', run)?.data.largestEigenvalue.relative,
    'the same, weights moved': (run) => set.analysis('curvature', run)?.data.underMoves?.relative.median,
    'smallest eigenvalue': (run) => set.analysis('spectrum', run)?.data.smallest.value,
    'Hessian trace': (run) => set.analysis('spectrum', run)?.data.trace.hutchPlusPlus.trace,
    'learning coefficient': (run) => set.analysis('llc', run)?.data.learningCoefficient,
    'log volume, random rays': (run) => at(set.analysis('basin', run))?.relative?.logVolume,
    'stable statistic': (run) => at(set.analysis('basin', run))?.relative?.stableLogVolume,
    'log volume, stretched rays': (run) => at(set.analysis('preconditioned', run))?.relative?.logVolume,
  };
  const columns = Object.entries(quantities)
    .map(([name, quantity]) => ({name, values: runs.map((run) => quantity(run) ?? null)}))
    .filter(({values}) => values.some((value) => value !== null));
  const together = columns.map((first) => columns.map((second) => rankTogether(first.values, second.values)));
  return {
    experiment: experiment.experiment,
    networks: runs.length,
    cutoff,
    quantities: columns.map(({name}) => name),
    levels: set.poisonFactors({experiment: experiment.experiment}).map((poisonFactor) => ({
      poisonFactor,
      medians: columns.map(({values}) => {
        const own = values.filter((value, i) => value !== null && runs[i]?.poisonFactor === poisonFactor);
        return own.length === 0 ? null : median(own.map(Number));
      }),
    })),
    rho: together.map((row) => row.map(({rho}) => rho)),
    pairs: together.map((row) => row.map(({count}) => count)),
    steadiness: steadinessOf(
      runs.flatMap((run) => set.analysis('curvature', run)?.data.underMoves?.relative ?? []),
    ),
  };
}

function steadinessOf(
  spreads: readonly {readonly median: number; readonly low: number; readonly high: number}[],
): Steadiness | null {
  if (spreads.length === 0) return null;
  return {
    networks: spreads.length,
    beyondTenth: spreads.filter(({median: middle, low, high}) => high - low > 0.1 * Math.abs(middle)).length,
    twofold: spreads.filter(({low, high}) => high > 2 * low).length,
  };
}

function rankTogether(
  xs: readonly (number | null)[],
  ys: readonly (number | null)[],
): {readonly rho: number | null; readonly count: number} {
  const both = xs.flatMap((x, i) => {
    const y = ys[i] ?? null;
    return x === null || y === null ? [] : [{x, y}];
  });
  const rho =
    both.length < FEWEST_RANKED
      ? null
      : spearman(
          both.map(({x}) => x),
          both.map(({y}) => y),
        );
  return {rho, count: both.length};
}
