import {checkOptions} from './check-options.ts';
import type {RunRecord} from '@minefield/results';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {hoverPoints} from './hover.ts';
import {brief, percent, spread} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {type Series, seriesOf} from './series.ts';

type Curves = RunRecord['data']['curves'];

const pointsPerCurve = 160;
/** Losses below this are drawn at it: a logarithmic axis has no 0. */
const lowestLoss = 1e-7;

/**
 * Loss and accuracy on training and test data while networks train; training solid, test dashed.
 *
 * @throws {NothingToDrawError} without a run that was evaluated at least once.
 */
export function learningCurves(runs: readonly RunRecord[], options: FigureOptions = {}): FigureSpec {
  checkOptions('learningCurves', options, {title: true});
  requireSome(runs, 'learningCurves', 'run', 'run the experiment first');
  const evaluated = runs.filter(({data}) => data.curves.step.length > 0);
  requireSome(evaluated, 'learningCurves', 'run that was evaluated', 'evaluate more often');
  const {title = 'Learning curves'} = options;
  const series = seriesOf(evaluated);
  const once = evaluated.some(({data}) => data.curves.step.length === 1);
  const ends = evaluated.map((run) => {
    const {trainAccuracy, testAccuracy} = run.data.curves;
    return `${series.labelOf(run)}: ${percent(elementAt(trainAccuracy, -1))} train and ${percent(elementAt(testAccuracy, -1))} test accuracy`;
  });
  return figure({
    title,
    subtitle: `Solid${once ? ' or filled' : ''}: training data. Dashed${once ? ' or open' : ''}: test data.`,
    description: `Loss and accuracy on training and test data against training steps. At the end, ${ends.join('; ')}.${remarkOn(runs.length - evaluated.length)}`,
    panels: [
      panel(evaluated, series, {
        name: 'loss',
        title: 'Cross-entropy (nats)',
        of: (curves, split) => curves[`${split}Loss`].map((loss) => brief(Math.max(loss, lowestLoss))),
        axis: {scale: {type: 'log'}, axis: {format: '~g', tickCount: 4}},
      }),
      panel(evaluated, series, {
        name: 'accuracy',
        title: 'Accuracy',
        of: (curves, split) => curves[`${split}Accuracy`].map((accuracy) => brief(accuracy)),
        axis: {scale: {domain: [0, 1]}, axis: {format: '.0%', values: [0, 0.25, 0.5, 0.75, 1]}},
      }),
    ],
    layout: {
      minimumPanelWidth: 230,
      maximumPanelWidth: 480,
      aspect: 0.66,
      axisWidth: 48,
      legendCharacters: series.longest,
    },
  });
}

function remarkOn(missing: number): string {
  return missing === 0 ? '' : ` Runs without an evaluation, ${missing} in all, are not shown.`;
}

interface Quantity {
  readonly name: string;
  readonly title: string;
  readonly of: (curves: Curves, split: 'train' | 'test') => number[];
  readonly axis: View;
}

/** Points as lines are: filled for solid, open for dashed. */
function singles(encoding: View, {colour}: Series): View {
  return {
    mark: {type: 'point', size: 36, strokeWidth: 1.7},
    encoding: {
      ...encoding,
      fill: {...colour, legend: null},
      fillOpacity: {condition: {test: "datum.split === 'train'", value: 1}, value: 0},
    },
  };
}

/** Curves, of which a row holds all points of one. */
function flat(values: readonly object[]): View {
  return {data: {values}, transform: [{flatten: ['step', 'value']}]};
}

function panel(runs: readonly RunRecord[], series: Series, {name, title, of, axis}: Quantity): View {
  const values = runs.flatMap((run) =>
    (['train', 'test'] as const).map((split) => {
      const all = of(run.data.curves, split);
      const shown = spread(all.length, pointsPerCurve);
      return {
        series: series.labelOf(run),
        split,
        step: shown.map((i) => elementAt(run.data.curves.step, i)),
        value: shown.map((i) => elementAt(all, i)),
      };
    }),
  );
  const drawn = {
    x: {
      field: 'step',
      type: 'quantitative',
      title: 'Training step',
      scale: {nice: false},
      axis: {format: ',d', tickCount: 4, tickMinStep: 1},
    },
    y: {field: 'value', type: 'quantitative', title: null, ...axis},
    color: series.colour,
    strokeDash: {
      field: 'split',
      type: 'nominal',
      legend: null,
      scale: {
        domain: ['train', 'test'],
        range: [
          [1, 0],
          [4, 3],
        ],
      },
    },
  };
  const {strokeDash: _, ...point} = drawn;
  // A line of one evaluation would be nothing.
  const once = values.filter(({step}) => step.length === 1);
  const tooltip = [
    {field: 'series', title: 'network'},
    {field: 'split', title: 'data'},
    {field: 'step', title: 'step'},
    {field: 'value', title: name, format: '.3~g'},
  ];
  return {
    title: panelTitle(title),
    ...flat(values),
    layer: [
      {mark: {type: 'line', strokeWidth: 1.7, tooltip: null}, encoding: drawn},
      ...(once.length === 0 ? [] : [{...flat(once), ...singles(point, series)}]),
      hoverPoints(name, {...point, tooltip}),
    ],
  };
}
