import {checkOptions} from './check-options.ts';
import {type FigureOptions, type FigureSpec, type View, figure} from './figure.ts';
import {brief, inWords, logTicks} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';
import {heightOfRows, rowAxis} from './row-axis.ts';

/** One measured comparison: a piece of work, and how many times as fast as a peer it is done. */
export interface SpeedRatio {
  readonly name: string;
  /** A library, and after a comma the way in which it did the work, where there are several: `JAX 0.10.2, batched`. */
  readonly peerName: string;
  /** Above 1: faster than the peer. */
  readonly ratio: number;
  /** What the ratio should reach; null where nothing is aimed at. */
  readonly target: number | null;
}

/** More rows than these stand in two columns. */
const ROWS_OF_A_COLUMN = 22;
/** Characters of a label where there are two columns: a longer one would make its panel wider than the one beside it. */
const LONGEST = 60;

const COLOURS = [
  palette.clean,
  palette.poisoned,
  palette.classes[0],
  palette.classes[1],
  palette.error,
  palette.between,
] as const;
/** Of another colour each time that the colours begin anew. */
const SHAPES = ['circle', 'square', 'diamond', 'triangle-up', 'triangle-down', 'cross'] as const;

interface Dot extends SpeedRatio {
  readonly library: string;
}

/**
 * How many times as fast as each peer every piece of work is done, on a logarithmic axis: a row for each work, in it a dot for each
 * library in the fastest of its ways, ticks for the targets of these, and a line at 1, where both are equally fast.
 *
 * @throws {NothingToDrawError} without a positive, finite ratio
 */
export function speedRatios(rows: readonly SpeedRatio[], options: FigureOptions = {}): FigureSpec {
  checkOptions('speedRatios', options, {title: true});
  const shown = rows.filter(({ratio}) => ratio > 0 && Number.isFinite(ratio));
  requireSome(shown, 'speedRatios', 'positive ratio', 'run the benchmark first');
  const {title = 'Speed beside others in the same run'} = options;
  const dots = inTheirBestForm(shown);
  const libraries = [...new Set(dots.map(({library}) => library))];
  const works = [...new Set(dots.map(({name}) => name))];
  const columnLength = works.length > ROWS_OF_A_COLUMN ? Math.ceil(works.length / 2) : works.length;
  const columns = [works.slice(0, columnLength), works.slice(columnLength)].filter(({length}) => length > 0);
  const ends = dots.flatMap(({ratio, target}) => (target === null ? [ratio] : [ratio, target]));
  const domain = [Math.min(0.9, ...ends) / 1.15, Math.max(1.1, ...ends) * 1.15] as const;
  const x = {
    type: 'quantitative',
    title: 'Times as fast',
    scale: {type: 'log', domain, nice: false},
    axis: {grid: true, format: '~g', values: logTicks(...domain)},
  };
  const rowsNamed = (names: readonly string[]): View => ({
    field: 'name',
    ...rowAxis(names, {title: 'Work', ...(columns.length > 1 && {longest: LONGEST})}),
  });
  const byLibrary = {field: 'library', type: 'nominal', title: null};
  const panel = (inColumn: readonly Dot[], sort: readonly string[]): View => ({
    layer: [
      {
        data: {values: [{one: 1}]},
        mark: {type: 'rule', style: 'reference', tooltip: null},
        encoding: {x: {...x, field: 'one'}},
      },
      {
        data: {values: inColumn.filter(({target}) => target !== null)},
        mark: {type: 'tick', style: 'outline', thickness: 2, size: 12, tooltip: null},
        encoding: {x: {...x, field: 'target'}, y: rowsNamed(sort)},
      },
      {
        data: {values: inColumn.map((dot) => ({...dot, ratio: brief(dot.ratio, 3)}))},
        mark: {type: 'point', style: 'halo', filled: true, size: 60},
        encoding: {
          x: {...x, field: 'ratio'},
          y: rowsNamed(sort),
          fill: {
            ...byLibrary,
            scale: {domain: libraries, range: libraries.map((_, i) => COLOURS[i % COLOURS.length])},
          },
          shape: {
            ...byLibrary,
            scale: {
              domain: libraries,
              range: libraries.map((_, i) => SHAPES[(i + Math.floor(i / COLOURS.length)) % SHAPES.length]),
            },
          },
          tooltip: [
            {field: 'name', title: 'work'},
            {field: 'peerName', title: 'compared with'},
            {field: 'ratio', title: 'times as fast', format: '.3~g'},
            {field: 'target', title: 'target', format: '.3~g'},
          ],
        },
      },
    ],
  });
  const aimed = shown.filter(({target}) => target !== null);
  const met = aimed.filter(({ratio, target}) => ratio >= (target ?? 0)).length;
  const missing = rows.length - shown.length;
  const remark =
    missing === 0 ? '' : ` Ratios that are not positive, ${missing} in all, have no place on the axis.`;
  return figure({
    title,
    description:
      `Ratios of speed for ${works.length} pieces of work, beside each library in the fastest of its ways. ` +
      `${libraries.map((library) => standing(library, dots)).join('; ')}. ` +
      `${met} of ${aimed.length} targets are met.${remark}`,
    panels: columns.map((column) =>
      panel(
        dots.filter(({name}) => column.includes(name)),
        column,
      ),
    ),
    layout: {
      minimumPanelWidth: columns.length > 1 ? 300 : 120,
      maximumPanelWidth: 560,
      aspect: 1,
      height: heightOfRows(columnLength),
      axisWidth: 12,
      legendCharacters: Math.max(...libraries.map(({length}) => length)),
    },
  });
}

/** Of each library and work the fastest way: the one with the lowest ratio. */
function inTheirBestForm(rows: readonly SpeedRatio[]): readonly Dot[] {
  const best = new Map<string, Dot>();
  for (const row of rows) {
    const [library = row.peerName] = row.peerName.split(',');
    const key = JSON.stringify([row.name, library]);
    const known = best.get(key);
    if (known === undefined || row.ratio < known.ratio) best.set(key, {...row, library});
  }
  return [...best.values()];
}

/** `JAX 0.10.2: 0.9 to 6 times as fast, faster in 8 of 11` */
function standing(library: string, dots: readonly Dot[]): string {
  const ratios = dots.filter((dot) => dot.library === library).map(({ratio}) => ratio);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map(inWords);
  const range = least === most ? `${least}` : `${least} to ${most}`;
  const faster = ratios.filter((ratio) => ratio >= 1).length;
  return `${library}: ${range} times as fast, faster in ${faster} of ${ratios.length}`;
}
