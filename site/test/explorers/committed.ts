/** Committed records, for tests that hold what is drawn against them. */
import {fileURLToPath} from 'node:url';
import type {AnalysisRecord} from '@minefield/results';
import {openStore} from '@minefield/results/node';

type Data<Name extends AnalysisRecord['analysis']> = Extract<AnalysisRecord, {analysis: Name}>['data'];

let records: Promise<readonly AnalysisRecord[]> | undefined;

/** Of the first seed of the toy. @throws {Error} where there is none */
export async function committed<Name extends AnalysisRecord['analysis']>(
  name: Name,
  poisonFactor: number,
): Promise<Data<Name>> {
  records ??= read();
  const found = (await records).find(
    (record): record is Extract<AnalysisRecord, {analysis: Name}> =>
      record.analysis === name && record.poisonFactor === poisonFactor,
  );
  if (found === undefined) throw new Error(`expected a record of ${name} at ${poisonFactor}, got none`);
  return found.data as Data<Name>;
}

async function read(): Promise<readonly AnalysisRecord[]> {
  const store = openStore(fileURLToPath(new URL('../../../results', import.meta.url)));
  return (await store.readRecords()).filter(
    (record): record is AnalysisRecord =>
      record.kind === 'analysis' && record.experiment === 'toy' && record.seed === 1,
  );
}
