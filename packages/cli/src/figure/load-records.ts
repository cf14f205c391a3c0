import {type ExperimentRecord, type RecordSet, namedRecords, recordSet} from '@minefield/results';
import {readExperiment} from '../read-experiment.ts';

/**
 * What an experiment names of the records of a folder.
 *
 * @throws {UsageError} where the experiment is not there; {StoreError} naming every unreadable or invalid record
 */
export async function loadRecords(
  results: string,
  experiment: string,
): Promise<{readonly head: ExperimentRecord; readonly records: RecordSet}> {
  const {head, records} = await readExperiment(results, experiment);
  return {head, records: recordSet([head, ...namedRecords(head, records)])};
}
