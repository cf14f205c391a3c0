/** The few numbers that the story quotes: medians over every seed at three levels of poison. */
import type {RunRecord} from '@minefield/results';
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';

/** One level of the sweep. A median is null where nothing was measured. */
export interface Level {
  readonly poisonFactor: number;
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly trainLoss: number | null;
  readonly gap: number | null;
  readonly meanMargin: number | null;
  readonly largestEigenvalue: number | null;
  /** Mean relative radius at the middle one of the cutoffs on the loss. */
  readonly meanRadius: number | null;
}

export interface Findings {
  /** The lowest poison factor: clean training. */
  readonly good: Level;
  /** The least poison above none. */
  readonly first: Level;
  /** The highest. */
  readonly bad: Level;
  /** Poisoned networks beside natural ones stopped at the same loss; null where nobody compared them. */
  readonly matched: Matched | null;
  readonly runs: number;
  readonly seeds: number;
  readonly levels: number;
  readonly parameters: number;
  readonly weights: number;
}

/** Medians over seeds. */
export interface Matched {
  /** Largest eigenvalue of the poisoned network over that of the other. */
  readonly sharper: number;
  /** Mean radius of the other over that of the poisoned network. */
  readonly wider: number;
  readonly seeds: number;
}

/** null where the experiment has fewer than two levels of poison */
export function findingsOf({records}: Experiment): Findings | null {
  const levels = records.poisonFactors();
  const [low, high] = [levels.at(0), levels.at(-1)];
  const runs = records.runs();
  const model = runs[0]?.model;
  if (low === undefined || high === undefined || low === high || model === undefined) return null;
  return {
    good: levelAt(records, low),
    first: levelAt(records, levels.find((level) => level > low) ?? high),
    bad: levelAt(records, high),
    matched: matchedIn(records),
    runs: runs.length,
    seeds: records.seeds().length,
    levels: levels.length,
    parameters: model.parameters,
    weights: model.weights,
  };
}

function levelAt(records: Experiment['records'], poisonFactor: number): Level {
  const runs = records.runs({poisonFactor});
  const middle = (value: (run: RunRecord) => number | null | undefined): number | null =>
    median(runs.flatMap((run) => value(run) ?? []));
  return {
    poisonFactor,
    trainAccuracy: middle(({data}) => data.final?.trainAccuracy),
    testAccuracy: middle(({data}) => data.final?.testAccuracy),
    trainLoss: middle(({data}) => data.final?.trainLoss),
    gap: middle(({data}) => data.final?.generalizationGap),
    meanMargin: middle((run) => records.analysis('margin', run)?.data.mean),
    meanRadius: middle((run) => middleRadius(records.analysis('basin', run)?.data.cutoffs ?? [])),
    largestEigenvalue: middle((run) => records.analysis('curvature', run)?.data.largestEigenvalue.relative),
  };
}

/** At the middle one of the cutoffs on the loss. */
function matchedIn(records: Experiment['records']): Matched | null {
  const pairs = records.analyses('matched').flatMap(({data: {poisoned, stopped}}) => {
    if (stopped === null) return [];
    const [bad, good] = [middleRadius(poisoned.cutoffs), middleRadius(stopped.network.cutoffs)];
    return bad === undefined || bad === null || good === undefined || good === null
      ? []
      : [
          {
            sharper: poisoned.largestEigenvalue / stopped.network.largestEigenvalue,
            wider: good / bad,
          },
        ];
  });
  const [sharper, wider] = [
    median(pairs.map((pair) => pair.sharper)),
    median(pairs.map((pair) => pair.wider)),
  ];
  return sharper === null || wider === null ? null : {sharper, wider, seeds: pairs.length};
}

function middleRadius(
  cutoffs: readonly {readonly kind: string; readonly meanRadius: number | null}[],
): number | null | undefined {
  const onLoss = cutoffs.filter(({kind}) => kind === 'loss');
  return onLoss[Math.floor(onLoss.length / 2)]?.meanRadius;
}
