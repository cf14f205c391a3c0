import type {ExperimentRecord, ResultRecord} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import {noResults} from './no-results.ts';

/**
 * All records of an experiment, and the one that names them.
 *
 * @throws {UsageError} where the experiment is not there; {StoreError} naming every unreadable or invalid record
 */
export async function readExperiment(
  results: string,
  experiment: string,
): Promise<{readonly head: ExperimentRecord; readonly records: readonly ResultRecord[]}> {
  const store = openStore(results);
  const records = await store.readRecords(experiment);
  const head = records.find((record) => record.kind === 'experiment');
  if (head !== undefined) return {head, records};
  throw await noResults(store, experiment);
}
