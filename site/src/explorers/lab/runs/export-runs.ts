/** Runs as files for other programs, with every digit that the laboratory has. */
import type {LabTable} from '../data/lab-table.ts';

type Value = string | number | null;

/** Each run as an object: its identity, its words, its numbers. */
function runObjects(table: LabTable, rows: readonly number[]): readonly Readonly<Record<string, Value>>[] {
  const {words, numbers} = table.file;
  return rows.map((row) => ({
    id: table.id(row),
    ...Object.fromEntries(Object.keys(words).map((key) => [key, table.word(key, row)])),
    ...Object.fromEntries(Object.keys(numbers).map((key) => [key, table.number(key, row)])),
  }));
}

export function runsAsJson(table: LabTable, rows: readonly number[]): string {
  return `${JSON.stringify(runObjects(table, rows), null, 1)}\n`;
}

/** As RFC 4180 has it: quotes around what holds a comma, a quote or a break, and nothing for a value that is missing. */
export function runsAsCsv(table: LabTable, rows: readonly number[]): string {
  const objects = runObjects(table, rows);
  const keys = ['id', ...Object.keys(table.file.words), ...Object.keys(table.file.numbers)];
  const lines = objects.map((object) => keys.map((key) => csvField(object[key] ?? null)).join(','));
  return [keys.map(csvField).join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

export function csvField(value: Value): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands a file to the reader's browser. */
export function offerFile(name: string, type: string, content: string | Uint8Array<ArrayBuffer>): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = name;
  link.click();
  // Some browsers read the address only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
