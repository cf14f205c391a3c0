import type {
  AnalysisName,
  AnalysisOf,
  AnalysisRecord,
  ExperimentRecord,
  ResultRecord,
  RunRecord,
} from '@minefield/results';
import type {ExperimentSpec} from '@minefield/spec';

/**
 * The records of one experiment, found by level and seed. Only records that the experiment names take part, and only its
 * own: another experiment may have the same jobs, and its checkpoints need not have the same bits.
 */
export interface Sweep {
  readonly spec: ExperimentSpec;
  run(poisonFactor: number, seed: number): RunRecord | undefined;
  /** An analysis of this run, of the checkpoint that the run's record names; one of an earlier checkpoint is not found. */
  analysis<N extends AnalysisName>(name: N, poisonFactor: number, seed: number): AnalysisOf<N> | undefined;
  /** The network of this seed that was trained otherwise, by the name of that. */
  alternative(name: string, poisonFactor: number, seed: number): AnalysisOf<'alternatives'> | undefined;
}

export function sweepOf(experiment: ExperimentRecord, records: Iterable<ResultRecord>): Sweep {
  const named = new Set(experiment.jobs.map(({identity}) => identity));
  const runs = new Map<string, RunRecord>();
  const analyses = new Map<string, AnalysisRecord>();
  for (const record of records) {
    if (record.kind === 'experiment' || !named.has(record.identity)) continue;
    if (record.experiment !== experiment.experiment) continue;
    if (record.kind === 'run') runs.set(key(record), record);
    else analyses.set(`${nameOf(record)} ${key(record)}`, record);
  }
  function found<N extends AnalysisName>(name: string, poisonFactor: number, seed: number) {
    const record = analyses.get(`${name} ${key({poisonFactor, seed})}`);
    const run = runs.get(key({poisonFactor, seed}));
    if (record === undefined || run === undefined || record.run !== run.identity) return undefined;
    return record.checkpoint === run.data.checkpoint?.sha256 ? (record as AnalysisOf<N>) : undefined;
  }
  return {
    spec: experiment.spec,
    run: (poisonFactor, seed) => runs.get(key({poisonFactor, seed})),
    analysis: <N extends AnalysisName>(name: N, poisonFactor: number, seed: number) =>
      found<N>(name, poisonFactor, seed),
    alternative: (name, poisonFactor, seed) =>
      found<'alternatives'>(alternativeNamed(name), poisonFactor, seed),
  };
}

/** A run has one analysis of each name, but for the networks trained otherwise, which have names of their own. */
function nameOf(record: AnalysisRecord): string {
  return record.analysis === 'alternatives' ? alternativeNamed(record.settings.name) : record.analysis;
}

const alternativeNamed = (name: string): string => `alternatives ${name}`;

function key({poisonFactor, seed}: {readonly poisonFactor: number; readonly seed: number}): string {
  return `${poisonFactor} ${seed}`;
}
