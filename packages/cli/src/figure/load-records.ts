import {type ExperimentRecord, type RecordSet, namedRecords, recordSet} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import {UsageError} from '../usage-error.ts';

/**
 * What an experiment names of the records of a folder.
 *
 * @throws {UsageError} where the experiment is not there; {StoreError} naming every unreadable or invalid record
 */
export async function loadRecords(
  results: string,
  experiment: string,
): Promise<{readonly head: ExperimentRecord; readonly records: RecordSet}> {
  const store = openStore(results);
  const all = await store.readRecords(experiment);
  const head = all.find((record) => record.kind === 'experiment');
  if (head === undefined) {
    throw new UsageError(
      `no results of "${experiment}" in ${store.directory}; make them with "minefield run ${experiment} --out ${results}", ` +
        'or name another folder with --results',
    );
  }
  return {head, records: recordSet([head, ...namedRecords(head, all)])};
}
