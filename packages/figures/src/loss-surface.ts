import type {AnalysisOf} from '@minefield/results';
import {contourBands} from './contours.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, inWords, requireSome} from './numbers.ts';
import {palette} from './palette.ts';
import {poisonLabel} from './series.ts';

type Surface = AnalysisOf<'surface'>;

const bands = 14;

/**
 * Training loss over a plane of two directions through each minimum: filled contours with one logarithmic colour scale
 * for all panels.
 *
 * @throws {RangeError} without a record, or where no loss is finite and positive.
 */
export function lossSurface(records: readonly Surface[], options: FigureOptions = {}): FigureSpec {
  requireSome(records, 'lossSurface', 'surface analysis', 'analyse a run first');
  const losses = records.flatMap(
    ({data}) => data.trainLoss.filter((loss) => loss !== null && loss > 0) as number[],
  );
  requireSome(losses, 'lossSurface', 'finite positive loss', 'scan nearer to the minimum');
  const {title = 'The loss around the minimum'} = options;
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
  const minima = records.map(
    ({poisonFactor, data}) =>
      `${poisonLabel(poisonFactor)}: ${inWords(data.trainLoss.reduce<number>((a, b) => Math.min(a, b ?? a), Infinity))}`,
  );
  return figure({
    title,
    description: `Training loss over a plane of two directions through ${records.length === 1 ? 'a minimum' : `${records.length} minima`}, as contours from ${inWords(low)} to ${inWords(high)} nats. Lowest loss of ${minima.join('; of ')}.`,
    panels: records.map((record) => panel(record, thresholds, [low, high])),
    layout: {minimumPanelWidth: 230, maximumPanelWidth: 420, aspect: 1},
  });
}

function panel(
  {poisonFactor, data}: Surface,
  thresholds: readonly number[],
  domain: readonly number[],
): View {
  const {xs, ys, trainLoss} = data;
  const [x0, x1] = [xs[0] ?? 0, xs.at(-1) ?? 1];
  const [y0, y1] = [ys[0] ?? 0, ys.at(-1) ?? 1];
  const centre = {x: brief((x0 + x1) / 2), y: brief((y0 + y1) / 2)};
  const [lowest = 0, ...steps] = thresholds;
  const floor = {...centre, loss: lowest, path: 'M-1,-1L1,-1L1,1L-1,1Z'};
  const rows = contourBands(trainLoss, xs, ys, steps).map(({threshold, path}) => ({
    ...centre,
    loss: threshold,
    path,
  }));
  const encoding = {
    x: {field: 'x', type: 'quantitative', title: 'First direction', scale: {domain: [x0, x1], nice: false}},
    y: {
      field: 'y',
      type: 'quantitative',
      title: 'Second direction',
      scale: {domain: [y0, y1], nice: false},
      axis: {grid: false},
    },
    shape: {field: 'path', type: 'nominal', scale: null, legend: null},
    fill: {
      field: 'loss',
      type: 'quantitative',
      title: 'Training loss (nats)',
      scale: {type: 'log', domain, range: palette.loss, interpolate: 'lab', clamp: true},
      legend: {format: '.2~g', tickCount: 4},
    },
    tooltip: {field: 'loss', title: 'loss at least', format: '.2~g'},
  };
  return {
    title: panelTitle(poisonLabel(poisonFactor)),
    layer: [
      {
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
        encoding,
      },
      {
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
        encoding: {x: encoding.x, y: encoding.y, tooltip: {value: 'the minimum found'}},
      },
    ],
  };
}
