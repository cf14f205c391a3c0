import {median} from '@minefield/core';
import {checkOptions} from './check-options.ts';
import {type FigureOptions, type FigureSpec, type View, figure} from './figure.ts';
import {brief, inWords, logTicks} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';

/** One measured comparison: a piece of work, and how many times as fast as a peer it is done. */
export interface SpeedRatio {
  readonly name: string;
  readonly peerName: string;
  /** Above 1: faster than the peer. */
  readonly ratio: number;
  /** What the ratio should reach; null where nothing is aimed at. */
  readonly target: number | null;
}

/** Pixels of a row: two lines of name and peer, and below them the dot. */
const ROW = 34;
const LINE = 12;
/** Above the first dot and below the last, in rows: names stand over their dots. */
const ENDS = 0.9;
/** More rows than these stand in two columns. */
const ROWS_OF_A_COLUMN = 20;
const BREAK = ' · ';
/** Characters of a label where there are two columns: a longer one would make its panel wider than the one beside it. */
const LONGEST = 58;

const COLOURS = {
  'target met': palette.clean,
  'target missed': palette.poisoned,
  'no target': palette.between,
} as const;

/** A line of a label, cut where it is too long; tooltips have it whole. */
const lineOf = (line: number): string => `truncate(split(datum.label, '${BREAK}')[${line}], ${LONGEST})`;

/**
 * How many times as fast as a peer every piece of work is done, on a logarithmic axis: a row for each, dots for the ratios,
 * ticks for the targets, and a line at 1, where both are equally fast.
 *
 * @throws {NothingToDrawError} without a positive, finite ratio
 */
export function speedRatios(rows: readonly SpeedRatio[], options: FigureOptions = {}): FigureSpec {
  checkOptions('speedRatios', options, {title: true});
  const shown = rows.filter(({ratio}) => ratio > 0 && Number.isFinite(ratio));
  requireSome(shown, 'speedRatios', 'positive ratio', 'run the benchmark first');
  const {title = 'Speed beside others in the same run'} = options;
  const peers = [...new Set(shown.map(({peerName}) => peerName))];
  const values = shown.map(({name, peerName, ratio, target}) => ({
    row: `${name}${BREAK}against ${peerName}`,
    name,
    peer: peerName,
    ratio: brief(ratio, 3),
    target,
    outcome: target === null ? 'no target' : ratio >= target ? 'target met' : 'target missed',
  }));
  const lines = [...new Set(values.map(({row}) => row))];
  const columnLength = lines.length > ROWS_OF_A_COLUMN ? Math.ceil(lines.length / 2) : lines.length;
  const columns = [lines.slice(0, columnLength), lines.slice(columnLength)].filter(({length}) => length > 0);
  const ends = values.flatMap(({ratio, target}) => (target === null ? [ratio] : [ratio, target]));
  const domain = [Math.min(0.9, ...ends) / 1.15, Math.max(1.1, ...ends) * 1.15] as const;
  const x = {
    type: 'quantitative',
    title: 'Times as fast',
    scale: {type: 'log', domain, nice: false},
    axis: {grid: true, format: '~g', values: logTicks(...domain)},
  };
  const y = {
    field: 'row',
    type: 'nominal',
    title: 'Work',
    scale: {padding: ENDS},
    // Names stand inside the panel, over their rows, and leave a phone the whole width.
    axis: {
      title: null,
      grid: true,
      labelAlign: 'left',
      labelBaseline: 'bottom',
      labelOffset: -6 - LINE,
      labelExpr: columns.length > 1 ? `[${[0, 1].map(lineOf).join(', ')}]` : `split(datum.label, '${BREAK}')`,
      labelLineHeight: LINE,
      labelPadding: -2,
      labelLimit: 0,
      minExtent: 0,
    },
  };
  const outcomes = (['target met', 'target missed', 'no target'] as const).filter((outcome) =>
    values.some((value) => value.outcome === outcome),
  );
  const panel = (inColumn: readonly (typeof values)[number][], sort: readonly string[]): View => ({
    layer: [
      {
        data: {values: [{one: 1}]},
        mark: {type: 'rule', style: 'reference', tooltip: null},
        encoding: {x: {...x, field: 'one'}},
      },
      {
        data: {values: inColumn.filter(({target}) => target !== null)},
        mark: {type: 'tick', style: 'outline', thickness: 2, size: 12, tooltip: null},
        encoding: {x: {...x, field: 'target'}, y: {...y, sort}},
      },
      {
        data: {values: inColumn},
        mark: {type: 'point', style: 'halo', filled: true, size: 60},
        encoding: {
          x: {...x, field: 'ratio'},
          y: {...y, sort},
          fill: {
            field: 'outcome',
            type: 'nominal',
            title: null,
            scale: {domain: outcomes, range: outcomes.map((outcome) => COLOURS[outcome])},
          },
          tooltip: [
            {field: 'name', title: 'work'},
            {field: 'peer', title: 'compared with'},
            {field: 'ratio', title: 'times as fast', format: '.3~g'},
            {field: 'target', title: 'target', format: '.3~g'},
          ],
        },
      },
    ],
  });
  const aimed = values.filter(({target}) => target !== null);
  const met = values.filter(({outcome}) => outcome === 'target met').length;
  const missing = rows.length - shown.length;
  const remark =
    missing === 0 ? '' : ` Ratios that are not positive, ${missing} in all, have no place on the axis.`;
  return figure({
    title,
    description:
      `Ratios of speed for ${lines.length} pieces of work against ${peers.join(', ')}: from ` +
      `${inWords(Math.min(...values.map(({ratio}) => ratio)))} to ${inWords(Math.max(...values.map(({ratio}) => ratio)))} ` +
      `times as fast, the median ${inWords(median(values.map(({ratio}) => ratio)))}. ` +
      `${met} of ${aimed.length} targets are met.${remark}`,
    panels: columns.map((column) =>
      panel(
        values.filter(({row}) => column.includes(row)),
        column,
      ),
    ),
    layout: {
      minimumPanelWidth: columns.length > 1 ? 300 : 120,
      maximumPanelWidth: 560,
      aspect: 1,
      height: Math.round(ROW * (columnLength - 1 + 2 * ENDS)),
      axisWidth: 12,
      legendCharacters: 14,
    },
  });
}
