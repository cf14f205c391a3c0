import {contourBands} from './contours.ts';
import {elementAt} from './elements.ts';
import type {View} from './figure.ts';
import {brief} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';

const bands = 14;

/** Training loss over a plane. */
export interface LossGrid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** `[ys, xs]`, row-major; null where not finite. */
  readonly trainLoss: readonly (number | null)[];
}

/** One logarithmic colour scale for several planes. */
export interface LossScale {
  readonly low: number;
  readonly high: number;
  /** The lowest of them fills what lies below all others. */
  readonly thresholds: readonly number[];
}

/** @throws {NothingToDrawError} where no loss is finite and positive. */
export function lossScale(grids: readonly LossGrid[], where: string): LossScale {
  const losses = grids.flatMap(({trainLoss}) =>
    trainLoss.filter((loss) => loss !== null).filter((loss) => loss > 0),
  );
  requireSome(losses, where, 'finite positive loss', 'scan nearer to the minimum');
  // Beyond 10 nats nothing is learned from the height.
  const high = Math.min(
    10,
    losses.reduce((a, b) => Math.max(a, b)),
  );
  const low = Math.max(
    1e-4,
    Math.min(
      high / 10,
      losses.reduce((a, b) => Math.min(a, b)),
    ),
  );
  const thresholds = Array.from({length: bands}, (_, i) =>
    Number((low * (high / low) ** (i / bands)).toPrecision(3)),
  );
  return {low, high, thresholds};
}

export interface LossContours {
  /** Fills the panel. */
  readonly layer: View;
  /** Encodings of the panel's axes, for what is drawn on top. */
  readonly x: View;
  readonly y: View;
}

/** Filled contours of the loss. @param titles of the two axes */
export function lossContours(
  {xs, ys, trainLoss}: LossGrid,
  {low, high, thresholds}: LossScale,
  titles: readonly [string, string],
): LossContours {
  const [x0, x1] = [elementAt(xs, 0), elementAt(xs, -1)];
  const [y0, y1] = [elementAt(ys, 0), elementAt(ys, -1)];
  const centre = {x: brief((x0 + x1) / 2, 7), y: brief((y0 + y1) / 2, 7)};
  const floor = {...centre, loss: elementAt(thresholds, 0), path: 'M-1,-1L1,-1L1,1L-1,1Z'};
  const rows = contourBands(trainLoss, xs, ys, thresholds.slice(1)).map(({threshold, path}) => ({
    ...centre,
    loss: threshold,
    path,
  }));
  const x = {field: 'x', type: 'quantitative', title: titles[0], scale: {domain: [x0, x1], nice: false}};
  const y = {
    field: 'y',
    type: 'quantitative',
    title: titles[1],
    scale: {domain: [y0, y1], nice: false},
    axis: {grid: false},
  };
  const layer = {
    data: {values: [floor, ...rows]},
    mark: {
      type: 'point',
      style: 'contour',
      filled: true,
      opacity: 1,
      stroke: '#ffffff',
      strokeOpacity: 0.25,
      strokeWidth: 0.6,
    },
    encoding: {
      x,
      y,
      shape: {field: 'path', type: 'nominal', scale: null, legend: null},
      fill: {
        field: 'loss',
        type: 'quantitative',
        title: 'Training loss (nats)',
        scale: {type: 'log', domain: [low, high], range: palette.loss, interpolate: 'lab', clamp: true},
        legend: {format: '.2~g', tickCount: 4},
      },
      tooltip: {field: 'loss', title: 'loss at least', format: '.2~g'},
    },
  };
  return {layer, x, y};
}

/** A cross at the minimum, which lies at the origin. */
export function minimumMark({x, y}: LossContours): View {
  return {
    data: {values: [{x: 0, y: 0}]},
    mark: {
      type: 'point',
      shape: 'cross',
      filled: true,
      fill: '#ffffff',
      stroke: '#1f2328',
      strokeWidth: 0.8,
      size: 70,
      opacity: 1,
    },
    encoding: {x, y, tooltip: {value: 'the minimum found'}},
  };
}
