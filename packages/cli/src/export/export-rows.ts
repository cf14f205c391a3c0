import type {ExperimentRecord, ResultTable, TableRow} from '@minefield/results';
import type {Store} from '@minefield/results/node';
import {experimentsIn} from '../experiments-in.ts';
import {noResults} from '../no-results.ts';
import {UsageError} from '../usage-error.ts';

/** How many rows came of an experiment. */
export interface ExportedRows {
  readonly experiment: string;
  rows: number;
  /** Records of these kinds that the experiment does not name: of an earlier spec, or of another profile. */
  leftOut: number;
}

/**
 * The experiments that are asked for, all of them where none is.
 *
 * @throws {UsageError} where one of them is not there
 */
export async function headsOf(store: Store, asked: readonly string[]): Promise<ExperimentRecord[]> {
  const names = asked.length > 0 ? [...new Set(asked)] : await experimentsIn(store);
  const heads: ExperimentRecord[] = [];
  for (const experiment of names) {
    const head = await store.read({kind: 'experiment', experiment});
    if (head?.kind === 'experiment') heads.push(head);
    else if (asked.length > 0) throw await noResults(store, experiment);
  }
  if (heads.length > 0) return heads;
  throw new UsageError(
    `no experiment in ${store.directory}; name the folder of "minefield run --out" with --results`,
  );
}

/**
 * The rows of a table, a batch for each record, experiment by experiment.
 *
 * @param tally - emptied, then counted in
 */
export async function* exportRows(
  store: Store,
  heads: readonly ExperimentRecord[],
  table: ResultTable,
  tally: ExportedRows[],
): AsyncGenerator<readonly TableRow[]> {
  tally.length = 0;
  for (const {experiment, jobs} of heads) {
    const named = new Set(jobs.map(({identity}) => identity));
    const count: ExportedRows = {experiment, rows: 0, leftOut: 0};
    tally.push(count);
    for await (const record of store.stream(experiment, table.kinds)) {
      if (record.kind === 'experiment') continue;
      if (!named.has(record.identity)) {
        count.leftOut++;
        continue;
      }
      const rows = table.rows(record);
      count.rows += rows.length;
      yield rows;
    }
  }
}
