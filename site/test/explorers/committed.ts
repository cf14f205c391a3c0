/** Committed records, to hold what is drawn against. */
import {fileURLToPath} from 'node:url';
import {type RecordSet, type RunRecord, recordSet} from '@minefield/results';
import {openStore} from '@minefield/results/node';

export const resultsFolder: string = fileURLToPath(new URL('../../../results', import.meta.url));

let records: Promise<RecordSet> | undefined;

export function committedRecords(): Promise<RecordSet> {
  return (records ??= openStore(resultsFolder).readRecords().then(recordSet));
}

export async function committedRun(
  experiment: string,
  seed: number,
  poisonFactor: number,
): Promise<RunRecord> {
  const [run] = (await committedRecords()).runs({experiment, seed, poisonFactor});
  if (run === undefined)
    throw new Error(`expected a run of ${experiment}, seed ${seed}, β = ${poisonFactor}`);
  return run;
}
