import {checkFraction, checkOptions} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, type View} from './figure.ts';
import {hoverPoints} from './hover.ts';
import {brief, percent} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';

type Minefield = AnalysisOf<'minefield'>;

export interface MinefieldMapOptions extends FigureOptions {
  /** Least training accuracy of a bad minimum. Default 0.99. */
  readonly trainAccuracy?: number;
  /** Test accuracy that a bad minimum stays below. Default 0.53. */
  readonly testAccuracy?: number;
}

const BAD = 'bad minimum';
const OTHER = 'search that found none';
const END = 'end of training';

/**
 * The path of ordinary training as a line coloured by epoch, with the bad minima found around it. What fits the training
 * set less well, or generalizes after all, is drawn apart.
 *
 * @throws {NothingToDrawError} where the record holds no path.
 */
export function minefieldMap(record: Minefield, options: MinefieldMapOptions = {}): FigureSpec {
  checkOptions('minefieldMap', options, {title: true, trainAccuracy: true, testAccuracy: true});
  const {
    title = 'Bad minima around the path of training',
    trainAccuracy = 0.99,
    testAccuracy = 0.53,
  } = options;
  checkFraction('minefieldMap', 'trainAccuracy', trainAccuracy);
  checkFraction('minefieldMap', 'testAccuracy', testAccuracy);
  const {path, minima, diverged, parameters} = record.data;
  requireSome(path.step, 'minefieldMap', 'point of the path', 'evaluate the run more often');
  const kinds = minima.trainAccuracy.map((train, i) =>
    train >= trainAccuracy && elementAt(minima.testAccuracy, i) < testAccuracy ? BAD : OTHER,
  );
  const bad = kinds.filter((kind) => kind === BAD).length;
  const end = elementAt(path.testAccuracy, -1);
  const lost = diverged > 0 ? `; ${diverged} diverged` : '';
  return figure({
    title,
    description:
      `Map of the path of training through ${parameters} dimensions, flattened to two by t-SNE, coloured by epoch. ` +
      `It ends with ${percent(end)} test accuracy. Of ${kinds.length} searches from points on it, ${bad} found a bad minimum: ` +
      `at least ${percent(trainAccuracy)} of training points right, less than ${percent(testAccuracy)} of test points${lost}.`,
    panels: [
      {
        layer: [
          {
            ...pathData(record, true),
            mark: {type: 'rule', strokeWidth: 2, strokeCap: 'round', tooltip: null},
            encoding: {...place, x2: {field: 'x2'}, y2: {field: 'y2'}, color: byEpoch},
          },
          {
            ...pathData(record),
            ...hoverPoints('path', {...place, color: byEpoch, tooltip: tooltip('epoch')}),
          },
          {
            ...marksData(record, kinds),
            mark: {type: 'point', style: 'halo', filled: true, opacity: 0.9},
            encoding: {
              ...place,
              fill: byKind([palette.clean, palette.poisoned, palette.between]),
              shape: byKind([STAR, 'diamond', 'cross']),
              size: {condition: {test: `datum.kind === '${END}'`, value: 220}, value: 60},
              tooltip: [{field: 'kind', title: 'what'}, ...tooltip('sought from epoch'), ...ofMinima],
            },
          },
        ],
      },
    ],
    layout: {minimumPanelWidth: 240, maximumPanelWidth: 620, aspect: 0.8, legendCharacters: 22},
  });
}

const STAR =
  'M0,-1.2L0.28,-0.39L1.14,-0.37L0.46,0.15L0.71,0.97L0,0.48L-0.71,0.97L-0.46,0.15L-1.14,-0.37L-0.28,-0.39Z';

const coordinate = (field: string, title: string): View => ({
  field,
  type: 'quantitative',
  title,
  scale: {zero: false, nice: false, padding: 12},
  axis: {grid: false, labels: false, ticks: false},
});

const place: View = {
  x: coordinate('x', 'First t-SNE coordinate (no unit)'),
  y: coordinate('y', 'Second t-SNE coordinate (no unit)'),
};

/** Purple to teal, a pair that stays apart for the common colour blindnesses. */
const byEpoch: View = {
  field: 'epoch',
  type: 'quantitative',
  title: 'Path: epoch',
  scale: {range: palette.classes, interpolate: 'lab'},
  // Below, for beside the other legend there is no room on a phone.
  legend: {orient: 'bottom', format: ',d', tickCount: 3},
};

const byKind = (range: readonly string[]): View => ({
  field: 'kind',
  type: 'nominal',
  title: null,
  scale: {domain: [END, BAD, OTHER], range},
});

const tooltip = (epoch: string): View[] => [
  {field: 'epoch', title: epoch},
  {field: 'train', title: 'train accuracy', format: '.1%'},
  {field: 'test', title: 'test accuracy', format: '.1%'},
];

const ofMinima: readonly View[] = [
  {field: 'loss', title: 'training loss (nats)', format: '.2~g'},
  {field: 'distance', title: 'distance from there', format: '.3~g'},
];

/** The path in columns, a value for each point; or its pieces from each point to the next, as a line has one colour. */
function pathData({data: {path, stepsPerEpoch}}: Minefield, pieces = false): View {
  const values = {
    epoch: path.step.map((step) => step / stepsPerEpoch),
    x: path.x.map((value) => brief(value)),
    y: path.y.map((value) => brief(value)),
    ...(pieces
      ? {}
      : {
          train: path.trainAccuracy.map((value) => brief(value)),
          test: path.testAccuracy.map((value) => brief(value)),
        }),
  };
  const next = [
    {op: 'lead', field: 'x', as: 'x2'},
    {op: 'lead', field: 'y', as: 'y2'},
  ];
  return {
    data: {values: [values]},
    transform: [
      {flatten: Object.keys(values)},
      ...(pieces ? [{window: next, sort: [{field: 'epoch'}]}, {filter: 'isValid(datum.x2)'}] : []),
    ],
  };
}

/** What was found, then the end of the path over it. */
function marksData({data: {path, minima, stepsPerEpoch}}: Minefield, kinds: readonly string[]): View {
  const column = (found: readonly (number | null)[], end: number): (number | null)[] =>
    [...found, end].map((value) => brief(value));
  const values = {
    kind: [...kinds, END],
    epoch: [...minima.start, elementAt(path.step, -1)].map((step) => step / stepsPerEpoch),
    x: column(minima.x, elementAt(path.x, -1)),
    y: column(minima.y, elementAt(path.y, -1)),
    train: column(minima.trainAccuracy, elementAt(path.trainAccuracy, -1)),
    test: column(minima.testAccuracy, elementAt(path.testAccuracy, -1)),
    loss: column(minima.trainLoss, elementAt(path.trainLoss, -1)),
    distance: column(minima.distance, 0),
  };
  return {data: {values: [values]}, transform: [{flatten: Object.keys(values)}]};
}
