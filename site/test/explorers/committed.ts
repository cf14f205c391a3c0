/** Committed records, to hold what is drawn against. */
import {fileURLToPath} from 'node:url';
import {
  type AnalysisName,
  type AnalysisOf,
  type RecordSet,
  type ResultRecord,
  type RunRecord,
  recordSet,
} from '@minefield/results';
import {openStore} from '@minefield/results/node';

export const resultsFolder: string = fileURLToPath(new URL('../../../results', import.meta.url));

let records: Promise<RecordSet> | undefined;

/** Each once: experiments that share runs each have them, of the same bytes, and then the toy's are taken. */
export function committedRecords(): Promise<RecordSet> {
  return (records ??= openStore(resultsFolder).readRecords().then(eachOnce));
}

function eachOnce(all: readonly ResultRecord[]): RecordSet {
  const toyLast = all.toSorted((a, b) => Number(a.experiment === 'toy') - Number(b.experiment === 'toy'));
  const byName = new Map(
    toyLast.map((record) => [record.kind === 'experiment' ? record.experiment : record.identity, record]),
  );
  return recordSet([...byName.values()]);
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

/** Data of the first seed of the toy. @throws {Error} where there are none */
export async function committed<Name extends AnalysisName>(
  name: Name,
  poisonFactor: number,
): Promise<AnalysisOf<Name>['data']> {
  const [found] = (await committedRecords()).analyses(name, {experiment: 'toy', seed: 1, poisonFactor});
  if (found === undefined) throw new Error(`expected a record of ${name} at ${poisonFactor}, got none`);
  return found.data;
}
