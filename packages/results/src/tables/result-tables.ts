import {curvesTable} from './curves-table.ts';
import {radiiTable} from './radii-table.ts';
import {runsTable} from './runs-table.ts';
import type {ResultTable} from './table.ts';
import {volumesTable} from './volumes-table.ts';

export type TableName = 'runs' | 'curves' | 'radii' | 'volumes';

/** Records as tables, by name. */
export const resultTables: Readonly<Record<TableName, ResultTable>> = {
  runs: runsTable,
  curves: curvesTable,
  radii: radiiTable,
  volumes: volumesTable,
};
