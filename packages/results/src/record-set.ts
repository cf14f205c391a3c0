import type {AnalysisName} from '@minefield/spec';
import type {AnalysisOf, AnalysisRecord, ExperimentRecord, ResultRecord, RunRecord} from './record.ts';
import {shortIdentity} from './short-identity.ts';

/** Which runs or analyses to look up; a field left out matches all. */
export interface RecordFilter {
  readonly experiment?: string;
  readonly seed?: number;
  readonly poisonFactor?: number;
}

export interface AnalysisFilter extends RecordFilter {
  /** Identity of the run that was measured. */
  readonly run?: string;
}

/** Records of one or more experiments, looked up by what they are. Lists are sorted by poison factor, then seed. */
export interface RecordSet {
  readonly experiments: readonly ExperimentRecord[];
  experiment(name: string): ExperimentRecord | undefined;
  run(identity: string): RunRecord | undefined;
  runs(filter?: RecordFilter): readonly RunRecord[];
  /** Every analysis of one kind. */
  analyses<N extends AnalysisName>(name: N, filter?: AnalysisFilter): readonly AnalysisOf<N>[];
  /**
   * The analysis of one kind of one run.
   *
   * @throws {RangeError} where there are several, made with different settings; `analyses` lists them.
   */
  analysis<N extends AnalysisName>(name: N, run: RunRecord): AnalysisOf<N> | undefined;
  /** Poison factors that the runs have, rising. */
  poisonFactors(filter?: RecordFilter): readonly number[];
  /** Seeds that the runs have, rising. */
  seeds(filter?: RecordFilter): readonly number[];
}

/**
 * Indexes records for lookup.
 *
 * @throws {RangeError} where two records share an identity, or two experiments a name.
 */
export function recordSet(records: Iterable<ResultRecord>): RecordSet {
  const experiments = new Map<string, ExperimentRecord>();
  const runs = new Map<string, RunRecord>();
  const analyses = new Map<string, AnalysisRecord>();
  for (const record of records) {
    if (record.kind === 'experiment') insert(experiments, record.experiment, record);
    else if (record.kind === 'run') insert(runs, record.identity, record);
    else insert(analyses, record.identity, record);
  }
  const sortedRuns = [...runs.values()].toSorted(byLevelAndSeed);
  const sortedAnalyses = [...analyses.values()].toSorted(byLevelAndSeed);

  const selectRuns = (filter: RecordFilter = {}): readonly RunRecord[] =>
    sortedRuns.filter((run) => matches(run, filter));

  const selectAnalyses = <N extends AnalysisName>(
    name: N,
    filter: AnalysisFilter = {},
  ): readonly AnalysisOf<N>[] =>
    sortedAnalyses.filter(
      (record): record is AnalysisOf<N> =>
        record.analysis === name && matches(record, filter) && (filter.run ?? record.run) === record.run,
    );

  return {
    experiments: [...experiments.values()],
    experiment: (name) => experiments.get(name),
    run: (identity) => runs.get(identity),
    runs: selectRuns,
    analyses: selectAnalyses,
    analysis(name, run) {
      const found = selectAnalyses(name, {run: run.identity});
      if (found.length > 1) {
        throw new RangeError(
          `results.recordSet.analysis: expected one ${name} of run ${shortIdentity(run.identity)}, got ${found.length}; choose among analyses() by settings`,
        );
      }
      return found[0];
    },
    poisonFactors: (filter) => distinct(selectRuns(filter).map((run) => run.poisonFactor)),
    seeds: (filter) => distinct(selectRuns(filter).map((run) => run.seed)),
  };
}

function insert<R>(map: Map<string, R>, key: string, record: R): void {
  if (map.has(key)) throw new RangeError(`results.recordSet: expected each record once, got ${key} twice`);
  map.set(key, record);
}

function matches(record: RunRecord | AnalysisRecord, filter: RecordFilter): boolean {
  return (
    (filter.experiment ?? record.experiment) === record.experiment &&
    (filter.seed ?? record.seed) === record.seed &&
    (filter.poisonFactor ?? record.poisonFactor) === record.poisonFactor
  );
}

function byLevelAndSeed(a: RunRecord | AnalysisRecord, b: RunRecord | AnalysisRecord): number {
  if (a.experiment !== b.experiment) return a.experiment < b.experiment ? -1 : 1;
  return a.poisonFactor - b.poisonFactor || a.seed - b.seed || (a.identity < b.identity ? -1 : 1);
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}
