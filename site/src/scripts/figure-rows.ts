/** The rows that a figure is drawn from, as tables for readers and as files. */
import type {FigureSpec} from '@minefield/figures';
import {channelsOf, isContour, isHover, layersOf, viewsOf} from './explorable.ts';

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export interface RowsTable {
  /** Heading of the panel; empty where the figure has one panel. */
  readonly panel: string;
  readonly columns: readonly {readonly field: string; readonly title: string}[];
  readonly rows: readonly Row[];
}

type View = Readonly<Record<string, unknown>>;

/** One table for each set of rows in each panel. Contours are drawings, not rows: a figure of nothing else has no table. */
export function tablesOf(figure: FigureSpec): readonly RowsTable[] {
  const spec = figure as unknown as View;
  const panels = viewsOf(spec, 'concat');
  return (panels ?? [spec]).flatMap((panel) => {
    const heading = panels === undefined ? undefined : (panel['title'] as View | undefined)?.['text'];
    const titles = titlesOf(panel);
    const seen = new Set<string>();
    return layersOf(panel)
      .filter((layer) => !isHover(layer) && !isContour(layer))
      .flatMap((layer) => {
        const rows = rowsOf(layer['data'] ?? panel['data'] ?? spec['data']);
        const fresh = rows.filter((row) => !seen.has(JSON.stringify(row)));
        for (const row of rows) seen.add(JSON.stringify(row));
        // A line at 1, or a cross at the minimum.
        if (fresh.length === 0 || (rows.length === 1 && !answers(layer))) return [];
        const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
        return [
          {
            panel: [heading ?? ''].flat().map(String)[0] ?? '',
            columns: fields.map((field) => ({field, title: titles.get(field) ?? field})),
            rows: fresh,
          },
        ];
      });
  });
}

/** Whether pointing at a layer's marks tells values. */
function answers(layer: View): boolean {
  return [channelsOf(layer)['tooltip'] ?? []].flat().some((channel) => 'field' in channel);
}

/** Names of fields as axes and tooltips have them. */
function titlesOf(panel: View): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const layer of layersOf(panel)) {
    for (const channel of Object.values(channelsOf(layer)).flat()) {
      const {field, title} = channel ?? {};
      if (typeof field === 'string' && typeof title === 'string' && title !== '') titles.set(field, title);
    }
  }
  return titles;
}

/** Rows with lists in them stand for as many rows as a list is long. */
function rowsOf(data: unknown): readonly Row[] {
  const values = (data as {readonly values?: unknown} | undefined)?.values;
  if (!Array.isArray(values)) return [];
  return (values as readonly View[]).flatMap((row) => {
    const lists = Object.values(row).filter(Array.isArray);
    const length = lists.length === 0 ? 1 : Math.max(...lists.map((list) => list.length));
    return Array.from({length}, (_, i) =>
      Object.fromEntries(
        Object.entries(row).map(([field, value]) => [
          field,
          (Array.isArray(value) ? value[i] : value) as Value,
        ]),
      ),
    );
  });
}

/** All tables under one head, as RFC 4180 has it; the panel is the first column where there are several. */
export function toCsv(tables: readonly RowsTable[]): string {
  const several = new Set(tables.map(({panel}) => panel)).size > 1;
  const fields = [...new Set(tables.flatMap(({columns}) => columns.map(({field}) => field)))];
  const head = [...(several ? ['panel'] : []), ...fields];
  const lines = tables.flatMap(({panel, rows}) =>
    rows.map((row) => [...(several ? [panel] : []), ...fields.map((field) => row[field] ?? '')]),
  );
  return [head, ...lines].map((cells) => cells.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: Value): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A list with one object for each table. */
export function toJson(tables: readonly RowsTable[]): string {
  return JSON.stringify(
    tables.map(({panel, rows}) => ({...(panel !== '' && {panel}), rows})),
    null,
    1,
  );
}
