/** The rows of a figure as tables, built when somebody asks for them. */
import type {FigureSpec} from '@minefield/figures';
import {type RowsTable, type Value, tablesOf} from './figure-rows.ts';

/** Of all tables of a figure together. */
const MOST_ROWS = 400;

/** @param title of the figure, for the captions */
export function valuesTable(spec: FigureSpec, title: string): HTMLElement {
  const tables = tablesOf(spec);
  const region = document.createElement('div');
  region.className = 'figure-values';
  region.tabIndex = 0;
  region.role = 'region';
  region.ariaLabel = `Values of “${title}”`;
  if (tables.length === 0) {
    const none = document.createElement('p');
    none.textContent =
      'This figure is drawn of contours; the values of its grid are in the record, on the page of the run.';
    region.append(none);
  }
  const each = Math.max(20, Math.floor(MOST_ROWS / Math.max(1, tables.length)));
  region.append(...tables.map((table) => tableOf(table, title, each)));
  return region;
}

function tableOf({panel, columns, rows}: RowsTable, title: string, most: number): HTMLTableElement {
  const table = document.createElement('table');
  const left = rows.length - most;
  const name = panel === '' ? title.replace(/[.]$/, '') : panel;
  table.createCaption().textContent =
    left > 0
      ? `${name}: the first ${most} of ${rows.length} rows; ${left} more are in the CSV and JSON files`
      : `${name}: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`;
  const head = table.createTHead().insertRow();
  for (const {field, title: heading} of columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = heading;
    cell.classList.toggle(
      'numeric',
      rows.some((row) => typeof row[field] === 'number'),
    );
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows.slice(0, most)) {
    const line = body.insertRow();
    for (const {field} of columns) {
      const cell = line.insertCell();
      const value = row[field] ?? null;
      cell.textContent = textOf(value);
      cell.classList.toggle('numeric', typeof value === 'number');
    }
  }
  return table;
}

function textOf(value: Value): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replace(/^-/, '−');
}
