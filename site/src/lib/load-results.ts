/** The validation boundary: what lies behind it has the shape that its type says. */
import {relative} from 'node:path';
import {
  type AnalysisRecord,
  type ExperimentRecord,
  type RecordSet,
  type ResultRecord,
  recordSet,
} from '@minefield/results';
import {openStore} from '@minefield/results/node';

/** One experiment with the records that its jobs name; records of earlier specs are left out. */
export interface Experiment {
  readonly record: ExperimentRecord;
  readonly records: RecordSet;
  /** Every analysis, of whatever kind. */
  readonly analyses: readonly AnalysisRecord[];
  /** Jobs that have a record. */
  readonly done: number;
  /** File of each record relative to the results folder, the experiment's own included. */
  readonly files: ReadonlyMap<ResultRecord, string>;
}

/**
 * Every experiment of a results folder, sorted by name; none where there is no such folder.
 *
 * @throws {StoreError} naming each bad file and every failing path in it
 */
export async function loadExperiments(results: string): Promise<readonly Experiment[]> {
  const store = openStore(results);
  const all = await store.readRecords();
  return all.flatMap((experiment) => {
    if (experiment.kind !== 'experiment') return [];
    const jobs = new Set(experiment.jobs.map(({identity}) => identity));
    const done = all.filter(
      (record) =>
        record.kind !== 'experiment' &&
        record.experiment === experiment.experiment &&
        jobs.has(record.identity),
    );
    const files = [experiment, ...done].map(
      (record) => [record, relative(results, store.pathOf(record))] as const,
    );
    return {
      record: experiment,
      records: recordSet([experiment, ...done]),
      analyses: done.filter((record) => record.kind === 'analysis'),
      done: done.length,
      files: new Map(files),
    };
  });
}
