/** What the laboratory is told of every run, from the records. */
import type {BasinCutoff, RunRecord} from '@minefield/results';
import {experiments as builtIn} from '@minefield/spec';
import {
  type LabCutoff,
  type LabExperiment,
  type LabFile,
  type WordColumn,
} from '../explorers/lab/data/lab-file.ts';
import {cutoffKey, quantitiesFor} from '../explorers/lab/data/quantities.ts';
import {downloadPath, fileOf} from './downloads.ts';
import type {Experiment} from './load-results.ts';
import {runAddress} from './runs.ts';

/** Every scalar that the records have of each run, in columns. */
export function labFile(experiments: readonly Experiment[]): LabFile {
  const rows = experiments.flatMap((experiment) =>
    experiment.records.runs().map((run) => ({id: runAddress(run, experiment), ...rowOf(experiment, run)})),
  );
  const cutoffs = cutoffsOf(experiments);
  const numbers = quantitiesFor(cutoffs).flatMap(({key}) => {
    const column = rows.map((row) => row.numbers[key] ?? null);
    return column.every((value) => value === null) ? [] : [[key, column] as const];
  });
  const words = [...new Set(rows.flatMap((row) => Object.keys(row.words)))].map(
    (key) => [key, wordColumn(rows.map((row) => row.words[key] ?? null))] as const,
  );
  return {
    experiments: experiments.filter(({records}) => records.runs().length > 0).map(labExperiment),
    cutoffs,
    id: rows.map(({id}) => id),
    words: Object.fromEntries(words),
    numbers: Object.fromEntries(numbers),
  };
}

function labExperiment(experiment: Experiment): LabExperiment {
  const {record, records} = experiment;
  const {experiment: name, title, profile, spec} = record;
  const {dataset, model, initialization, recipe} = spec;
  const shipped = builtIn[name]?.[profile];
  return {
    name,
    title,
    profile,
    builtIn: shipped !== undefined && sameJson(shipped, spec),
    dataLabel: records.runs()[0]?.dataset.label ?? null,
    record: downloadPath(fileOf(record, experiment)),
    halfWidth: spec.analyses.boundary?.halfWidth ?? null,
    spec: {dataset, model, initialization, recipe},
  };
}

/** Whether two specs say the same, whatever the order of their keys. */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

/** In the order in which experiments have them. */
function cutoffsOf(experiments: readonly Experiment[]): readonly LabCutoff[] {
  const all = new Map<string, LabCutoff>();
  for (const {records} of experiments) {
    for (const {data} of records.analyses('basin'))
      for (const {kind, value} of data.cutoffs) all.set(cutoffKey({kind, value}), {kind, value});
  }
  return [...all.values()];
}

interface Row {
  readonly numbers: Readonly<Record<string, number | null | undefined>>;
  readonly words: Readonly<Record<string, string>>;
}

function rowOf({record, records}: Experiment, run: RunRecord): Row {
  const {final, steps, outcome} = run.data;
  const {provenance, model} = run;
  const margin = records.analysis('margin', run)?.data;
  const curvature = records.analysis('curvature', run)?.data;
  const spectrum = records.analysis('spectrum', run)?.data;
  const llc = records.analysis('llc', run)?.data;
  const basin = records.analysis('basin', run)?.data.cutoffs ?? [];
  const stretched = records.analysis('preconditioned', run)?.data.cutoffs ?? [];
  return {
    numbers: {
      beta: run.poisonFactor,
      level: records.poisonFactors().indexOf(run.poisonFactor),
      seed: run.seed,
      steps,
      parameters: model.parameters,
      weights: model.weights,
      seconds: provenance.wallSeconds,
      trainAccuracy: final?.trainAccuracy,
      testAccuracy: final?.testAccuracy,
      freshAccuracy: final?.freshAccuracy,
      gap: final?.generalizationGap,
      trainLoss: final?.trainLoss,
      testLoss: final?.testLoss,
      meanMargin: margin?.mean,
      medianMargin: margin?.median,
      smallestMargin: margin?.minimum,
      eigenvalue: curvature?.largestEigenvalue.relative,
      eigenvalueNearby: curvature?.underMoves?.relative.median,
      rawEigenvalue: curvature?.largestEigenvalue.raw,
      smallestEigenvalue: spectrum?.smallest.value,
      trace: spectrum?.trace.hutchPlusPlus.trace,
      traceError: rough(spectrum?.trace.hutchPlusPlus.standardError),
      coefficient: llc?.learningCoefficient,
      coefficientError: rough(llc?.standardError),
      coefficientSpread: rough(llc?.chainSpread),
      ...Object.assign({}, ...basin.map(basinNumbers)),
      ...Object.fromEntries(
        stretched.map((cutoff) => [
          `stretchedVolume.${cutoffKey(cutoff)}`,
          decades(cutoff.relative?.logVolume ?? null),
        ]),
      ),
    },
    words: {
      experiment: record.experiment,
      data: run.dataset.name,
      outcome,
      numerics: run.numerics,
      backend: [provenance.backend.name, provenance.backend.kernels, provenance.backend.device]
        .filter((part) => part !== null)
        .join(' '),
      version: provenance.packages['@minefield/training'] ?? '',
      commit: (provenance.gitCommit ?? '').slice(0, 12) + (provenance.gitDirty ? ' (modified)' : ''),
      processor: provenance.machine.cpu,
      node: provenance.node,
      fingerprint: run.dataset.fingerprint.slice(0, 12),
      ...Object.fromEntries(verdicts('verdict', basin)),
      ...Object.fromEntries(verdicts('stretchedVerdict', stretched)),
    },
  };
}

function basinNumbers(cutoff: BasinCutoff): Row['numbers'] {
  const key = cutoffKey(cutoff);
  const {relative} = cutoff;
  return {
    [`radius.${key}`]: meaningful(cutoff.meanRadius),
    [`stableVolume.${key}`]: decades(relative?.stableLogVolume ?? null),
    [`volume.${key}`]: decades(relative?.logVolume ?? null),
    [`sampleSize.${key}`]: meaningful(relative?.effectiveSampleSize ?? null),
    [`censored.${key}`]: cutoff.applicable ? cutoff.censored : null,
  };
}

function verdicts(
  name: string,
  cutoffs: readonly Pick<BasinCutoff, 'kind' | 'value' | 'applicable' | 'relative'>[],
): readonly (readonly [string, string])[] {
  return cutoffs.map((cutoff) => [
    `${name}.${cutoffKey(cutoff)}`,
    cutoff.applicable ? (cutoff.relative?.verdict ?? '') : 'inapplicable',
  ]);
}

/** Radii are known to five digits, and so is what is made of them; nine are more than can be lost by it. */
function meaningful(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(9));
}

/** Of a standard error four digits are more than it means. */
function rough(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(4));
}

/** A natural logarithm as a power of ten. */
function decades(logarithm: number | null): number | null {
  return meaningful(logarithm === null ? null : logarithm / Math.LN10);
}

function wordColumn(column: readonly (string | null)[]): WordColumn {
  const values = [...new Set(column.filter((word) => word !== null))];
  const places = new Map(values.map((value, i) => [value, i]));
  return {values, at: column.map((word) => (word === null ? null : (places.get(word) ?? null)))};
}
