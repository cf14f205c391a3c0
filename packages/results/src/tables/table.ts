import type {ResultRecord} from '../record.ts';

/** What a column holds; the schema of a file is made from it. */
export interface TableColumn {
  /** `integer`: exact, up to 2⁵³ − 1; `number`: a float64. */
  readonly type: 'text' | 'integer' | 'number' | 'boolean';
  readonly says: string;
  /** Left out where it has none. */
  readonly unit?: string;
  /** Values that it may have, where its type does not say so. */
  readonly range?: string;
  /** What null says; left out where a cell is never null. */
  readonly missing?: string;
}

export type Cell = string | number | boolean | null;

/** By the names of the columns, in their order. */
export type TableRow = Readonly<Record<string, Cell>>;

/** A tidy table: each row is one observation of one kind, each column one quantity. */
export interface ResultTable {
  /** What a row is. */
  readonly row: string;
  /** What has no row. */
  readonly without?: string;
  /** Kinds of records that it is made from: `run`, or the name of an analysis. */
  readonly kinds: readonly TableKind[];
  /** By name, in snake case as data frames and databases have them. */
  readonly columns: Readonly<Record<string, TableColumn>>;
  /** @returns the rows that a record of these kinds makes; none of any other record. */
  rows(record: ResultRecord): TableRow[];
}

export type TableKind = 'run' | 'basin' | 'preconditioned';

type Columns = Readonly<Record<string, TableColumn>>;

type CellOf<C extends TableColumn> =
  | {text: string; integer: number; number: number; boolean: boolean}[C['type']]
  | (C extends {readonly missing: string} ? null : never);

export type RowOf<C extends Columns> = {readonly [Name in keyof C]: CellOf<C[Name]>};

/** A table whose rows the compiler holds to its columns. */
export function table<const C extends Columns>(
  parts: Omit<ResultTable, 'columns' | 'rows'> & {
    readonly columns: C;
    readonly rows: (record: ResultRecord) => RowOf<C>[];
  },
): ResultTable {
  return parts;
}
