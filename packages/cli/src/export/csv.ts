import type {Cell, ResultTable, TableRow} from '@minefield/results';

/**
 * Comma-separated values (RFC 4180, but for lines that end in a line feed alone), with a line of names. Numbers have the
 * fewest digits that give the same float64 again. Null is an empty field; an empty text is quoted.
 */
export async function* csv(
  {columns}: ResultTable,
  batches: AsyncIterable<readonly TableRow[]>,
): AsyncGenerator<string> {
  const names = Object.keys(columns);
  yield `${names.join(',')}\n`;
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield rows.map((row) => `${names.map((name) => field(row[name] ?? null)).join(',')}\n`).join('');
  }
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
