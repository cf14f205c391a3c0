import {median} from '@minefield/core';
import {type View, panelTitle} from './figure.ts';
import {brief, groupBy} from './numbers.ts';
import {rowAxis} from './row-axis.ts';

/** One network in a row of its kind. */
export interface DotRow {
  readonly name: string;
  readonly seed: number;
  /** What its colour says. */
  readonly state: string;
  readonly value: number;
}

export interface DotRowsOptions {
  /** Rows, from the top. */
  readonly names: readonly string[];
  /** What a name is. */
  readonly title: string;
  readonly states: readonly string[];
  /** Of the states, in their order. */
  readonly colours: readonly string[];
  readonly scale: View;
  readonly axis: View;
  /** Of a value in a tooltip. */
  readonly format: string;
  /** Further lines of a tooltip. */
  readonly more?: readonly View[];
}

/** A panel with a row for each kind of network, in it a dot for every network and a bar at the median. */
export function dotRows(
  title: string,
  rows: readonly DotRow[],
  {names, title: kind, states, colours, format, more = [], ...axis}: DotRowsOptions,
): View {
  const x = {field: 'value', type: 'quantitative', title: null, ...axis};
  const y = {field: 'name', ...rowAxis(names, {title: kind})};
  return {
    title: panelTitle(title),
    layer: [
      {
        data: {values: rowMedians(rows)},
        mark: {type: 'tick', style: 'outline', thickness: 2, size: 14, tooltip: null},
        encoding: {x, y},
      },
      {
        data: {values: rows},
        mark: {type: 'point', style: 'halo', filled: true, size: 52, opacity: 0.95},
        encoding: {
          x,
          y,
          fill: {field: 'state', type: 'nominal', title: null, scale: {domain: states, range: colours}},
          tooltip: [
            {field: 'name', title: kind},
            {field: 'seed', title: 'seed'},
            {field: 'value', title: title.toLowerCase(), format},
            ...more,
          ],
        },
      },
    ],
  };
}

/** Median of each row, in the order in which the rows come first. */
export function rowMedians(rows: readonly DotRow[]): {name: string; value: number}[] {
  return [...groupBy(rows, ({name}) => name)].map(([name, of]) => ({
    name,
    value: brief(median(of.map(({value}) => value)), 5),
  }));
}
