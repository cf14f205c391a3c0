import {checkOptions, checkWord} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {contourBands, contourLine} from './contours.ts';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, percent, sentence} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';
import {poisonLabel} from './series.ts';

type Boundary = AnalysisOf<'boundary'>;

export interface DecisionBoundaryOptions extends FigureOptions {
  /** Which points are drawn. Default `train`. */
  readonly points?: 'train' | 'test';
}

/** Log-odds at which the shade deepens: probabilities of 50%, 88% and 99.3%. */
const shades = [0, 2, 5];

/**
 * What networks say over the input plane: a panel each, shaded by class and confidence, with the training points (or test
 * points) on it and the misclassified ones crossed.
 *
 * @throws {NothingToDrawError} without a record.
 */
export function decisionBoundary(
  records: readonly Boundary[],
  options: DecisionBoundaryOptions = {},
): FigureSpec {
  checkOptions('decisionBoundary', options, {title: true, points: true});
  requireSome(records, 'decisionBoundary', 'boundary analysis', 'analyse a run first');
  const {points = 'train', title = 'Decision boundary'} = options;
  checkWord('decisionBoundary', 'points', points, ['train', 'test']);
  const accuracies = records.map(({poisonFactor, data}) => {
    const [train, test] = [data.train, data.test].map((set) => percent(accuracyOf(set)));
    return `${poisonLabel(poisonFactor)}: ${train} of training points and ${test} of test points are classified correctly`;
  });
  const outside = records.reduce((sum, {data}) => sum + countOutside(data, points), 0);
  const networks = records.length === 1 ? 'a network' : `${records.length} networks`;
  return figure({
    title,
    description: `Decision boundary of ${networks} in the input plane. ${sentence(accuracies)}${remarkOn(outside)}`,
    panels: records.map((record) => panel(record, points)),
    layout: {minimumPanelWidth: 230, maximumPanelWidth: 420, aspect: 1, legendCharacters: 14},
  });
}

function panel(record: Boundary, which: 'train' | 'test'): View {
  const {extent, size, logits, train, test} = record.data;
  const [x0, x1, y0, y1] = extent;
  const columns = positions(x0, x1, size);
  const rows = positions(y0, y1, size);
  const centre = {x: brief((x0 + x1) / 2), y: brief((y0 + y1) / 2)};
  const points = pointRows(record.data[which]);
  const position = {
    x: {field: 'x', type: 'quantitative', title: 'Input 1', scale: {domain: [x0, x1], nice: false}},
    y: {
      field: 'y',
      type: 'quantitative',
      title: 'Input 2',
      scale: {domain: [y0, y1], nice: false},
      axis: {grid: false},
    },
  };
  const byClass = (range: readonly string[]): View => ({
    field: 'label',
    type: 'nominal',
    title: null,
    scale: {domain: ['class 0', 'class 1'], range},
  });
  const filling = (path: string, look: View): View => ({
    data: {values: [centre]},
    mark: {type: 'point', shape: path, tooltip: null, ...look},
    encoding: position,
  });
  const region = (values: readonly number[], fill: string): View[] =>
    contourBands(values, columns, rows, shades).map(({path}) =>
      filling(path, {style: 'contour', filled: true, fill, stroke: null, opacity: 0.18}),
    );
  const boundary = contourLine(logits, columns, rows, 0);
  return {
    title: panelTitle(
      poisonLabel(record.poisonFactor),
      `train ${percent(accuracyOf(train))}, test ${percent(accuracyOf(test))}`,
    ),
    layer: [
      ...region(
        logits.map((value) => -value),
        palette.classes[0],
      ),
      ...region(logits, palette.classes[1]),
      ...(boundary === ''
        ? []
        : [filling(boundary, {style: ['outline', 'contour'], strokeWidth: 1, opacity: 0.6})]),
      {
        data: {values: points},
        mark: {type: 'point', style: 'halo', filled: true, size: 26, opacity: 1, clip: true},
        encoding: {
          ...position,
          fill: byClass(palette.classes),
          shape: byClass(['circle', 'square']),
          tooltip: [
            {field: 'label', title: 'true class'},
            {field: 'correct', title: 'classified correctly'},
            {field: 'x', title: 'input 1'},
            {field: 'y', title: 'input 2'},
          ],
        },
      },
      {
        data: {values: points.filter((point) => !point.correct)},
        mark: {
          type: 'point',
          style: 'error',
          shape: 'M-1,-1L1,1M-1,1L1,-1',
          size: 70,
          stroke: palette.error,
          strokeWidth: 2,
          clip: true,
        },
        encoding: {...position, tooltip: [{field: 'label', title: 'misclassified; true class'}]},
      },
    ],
  };
}

function pointRows({x, y, label, correct}: Boundary['data']['train']): {label: string; correct: boolean}[] {
  return x.map((value, i) => ({
    x: brief(value),
    y: brief(elementAt(y, i)),
    label: `class ${elementAt(label, i)}`,
    correct: elementAt(correct, i),
  }));
}

function countOutside(
  {extent: [x0, x1, y0, y1], ...sets}: Boundary['data'],
  which: 'train' | 'test',
): number {
  const {x, y} = sets[which];
  return x.filter((value, i) => value < x0 || value > x1 || elementAt(y, i) < y0 || elementAt(y, i) > y1)
    .length;
}

function remarkOn(outside: number): string {
  if (outside === 0) return '';
  return ` ${outside} ${outside === 1 ? 'point lies' : 'points lie'} outside the square that is shown.`;
}

function accuracyOf({correct}: Boundary['data']['train']): number {
  return correct.filter(Boolean).length / Math.max(1, correct.length);
}

function positions(from: number, to: number, count: number): number[] {
  return Array.from({length: count}, (_, i) => from + ((to - from) * i) / (count - 1));
}
