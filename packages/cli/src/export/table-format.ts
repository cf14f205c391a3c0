import type {ResultTable, TableRow} from '@minefield/results';
import {csv} from './csv.ts';
import {jsonLines} from './json-lines.ts';
import {parquet} from './parquet.ts';

/** Rows in batches, as records make them. */
export type Batches = AsyncIterable<readonly TableRow[]>;

/** Writes a table piece by piece, holding no more of it than a batch or a row group. */
type TableWriter = (table: ResultTable, batches: Batches) => AsyncIterable<string | Uint8Array>;

export type TableFormat = 'csv' | 'parquet' | 'jsonl';

export const tableFormats: Readonly<Record<TableFormat, TableWriter>> = {csv, parquet, jsonl: jsonLines};

export function isTableFormat(name: string): name is TableFormat {
  return Object.hasOwn(tableFormats, name);
}
