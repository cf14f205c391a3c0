import {type ResultTable, type TableColumn, resultTables} from '@minefield/results';

/** The lines that the page on tables has of each: its heading, what a row is, and a line a column. */
export function tableLines(): string[] {
  return Object.entries(resultTables).flatMap(([name, table]) => [
    `## ${name}`,
    sentenceOf(table),
    '| column | type | unit | range | what | null |',
    ...Object.entries(table.columns).map(columnLine),
  ]);
}

function sentenceOf({row, without}: ResultTable): string {
  return without === undefined ? `A row is ${row}.` : `A row is ${row}. Without a row: ${without}.`;
}

function columnLine([name, {type, unit, range, says, missing}]: [string, TableColumn]): string {
  return `| \`${name}\` | ${[type, unit, range, says, missing].map((cell) => cell ?? '').join(' | ')} |`;
}
