import {type FigureOptions, type FigureSpec, figure} from './figure.ts';
import {brief, inWords, logTicks, median, requireSome} from './numbers.ts';
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

/** Pixels of a row: its name, and below it the dots. */
const ROW = 36;

/**
 * How many times as fast as each peer every piece of work is done, on a logarithmic axis: dots for the ratios, ticks for the
 * targets, and a line at 1, where both are equally fast.
 *
 * @throws {RangeError} without a positive, finite ratio
 */
export function speedRatios(rows: readonly SpeedRatio[], options: FigureOptions = {}): FigureSpec {
  const shown = rows.filter(({ratio}) => ratio > 0 && Number.isFinite(ratio));
  requireSome(shown, 'speedRatios', 'positive ratio', 'run the benchmark first');
  const {title = 'Speed beside others in the same run'} = options;
  const peers = [...new Set(shown.map(({peerName}) => peerName))];
  const names = [...new Set(shown.map(({name}) => name))];
  const values = shown.map(({name, peerName, ratio, target}) => ({
    name,
    peer: peerName,
    ratio: brief(ratio, 3),
    target,
  }));
  const ends = values.flatMap(({ratio, target}) => (target === null ? [ratio] : [ratio, target]));
  const domain = [Math.min(0.9, ...ends) / 1.15, Math.max(1.1, ...ends) * 1.15] as const;
  const x = {
    type: 'quantitative',
    title: 'Times as fast',
    scale: {type: 'log', domain, nice: false},
    axis: {grid: true, format: '~g', values: logTicks(...domain)},
  };
  const y = {
    field: 'name',
    type: 'nominal',
    sort: names,
    title: 'Work',
    // Names stand inside the panel, over their rows, and leave a phone the whole width.
    axis: {
      title: null,
      grid: true,
      labelAlign: 'left',
      labelBaseline: 'bottom',
      labelOffset: -7,
      labelPadding: -2,
      labelLimit: 0,
      minExtent: 0,
    },
  };
  const aimed = values.filter(({target}) => target !== null);
  const met = aimed.filter(({ratio, target}) => ratio >= (target ?? Infinity)).length;
  return figure({
    title,
    description:
      `Ratios of speed for ${names.length} pieces of work against ${peers.join(', ')}: from ` +
      `${inWords(Math.min(...values.map(({ratio}) => ratio)))} to ${inWords(Math.max(...values.map(({ratio}) => ratio)))} ` +
      `times as fast, the median ${inWords(median(values.map(({ratio}) => ratio)))}. ` +
      `${met} of ${aimed.length} targets are met.`,
    panels: [
      {
        layer: [
          {
            data: {values: [{one: 1}]},
            mark: {type: 'rule', style: 'reference', tooltip: null},
            encoding: {x: {...x, field: 'one'}},
          },
          {
            data: {values: aimed},
            mark: {type: 'tick', style: 'outline', thickness: 2, size: 12, tooltip: null},
            encoding: {x: {...x, field: 'target'}, y},
          },
          {
            data: {values},
            mark: {type: 'point', style: 'halo', filled: true, size: 60},
            encoding: {
              x: {...x, field: 'ratio'},
              y,
              fill: {
                field: 'peer',
                type: 'nominal',
                title: 'compared with',
                scale: {domain: peers, range: colours(peers.length)},
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
      },
    ],
    layout: {
      minimumPanelWidth: 120,
      maximumPanelWidth: 560,
      aspect: 1,
      height: ROW * names.length,
      axisWidth: 12,
      legendCharacters: Math.max(...peers.map(({length}) => length)),
    },
  });
}

function colours(count: number): readonly string[] {
  const {clean, poisoned, classes, error, between} = palette;
  const all = [clean, poisoned, ...classes, error, between];
  return Array.from({length: count}, (_, i) => all[i % all.length] ?? clean);
}
