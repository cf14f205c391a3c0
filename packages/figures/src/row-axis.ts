import type {View} from './figure.ts';

/** Pixels of a row: a line with its name, and below it the dots. */
const ROW = 27;
const LINE = 12;
/** Above the first dot and below the last, in rows: names stand over their dots. */
const ENDS = 0.9;

/** A vertical axis of rows whose names stand inside the panel, over their dots, and leave a phone the whole width. */
export function rowAxis(names: readonly string[], {title, longest}: {title: string; longest?: number}): View {
  return {
    type: 'nominal',
    title,
    sort: names,
    scale: {domain: names, padding: ENDS},
    axis: {
      title: null,
      grid: true,
      labelAlign: 'left',
      labelBaseline: 'bottom',
      labelOffset: -LINE / 2,
      ...(longest !== undefined && {labelExpr: `truncate(datum.label, ${longest})`}),
      labelPadding: -2,
      labelLimit: 0,
      minExtent: 0,
    },
  };
}

/** Height of a panel of so many rows, in pixels. */
export function heightOfRows(count: number): number {
  return Math.round(ROW * (count - 1 + 2 * ENDS));
}
