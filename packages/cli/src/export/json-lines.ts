import type {ResultTable, TableRow} from '@minefield/results';

/** A row a line, each an object with a key for every column. */
export async function* jsonLines(
  _table: ResultTable,
  batches: AsyncIterable<readonly TableRow[]>,
): AsyncGenerator<string> {
  for await (const rows of batches) {
    if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
}
