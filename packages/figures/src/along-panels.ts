import type {AnalysisOf} from '@minefield/results';
import {panelTitle, type View} from './figure.ts';
import {hoverPoints} from './hover.ts';
import {brief} from './numbers.ts';

type Values = Omit<AnalysisOf<'line'>['data'], 'distances'>;

/** One line through a minimum. */
export interface AlongLine {
  /** What its network is called in the legend. */
  readonly series: string;
  /** Tells apart several lines of one network. */
  readonly direction?: number;
  readonly distance: readonly number[];
  readonly values: Values;
}

export interface AlongOptions {
  /** Of the horizontal axis: title, scale and the like. */
  readonly x: View;
  /** A colour encoding by series. */
  readonly colour: View;
  readonly lossDomain: readonly number[];
  /** Scale and axis of the curvature. */
  readonly curvature: View;
}

/** Loss, accuracies and curvature along lines through minima, a panel each. */
export function alongPanels(lines: readonly AlongLine[], options: AlongOptions): View[] {
  const {lossDomain, curvature} = options;
  const accuracy: View = {scale: {domain: [0, 1]}, axis: {format: '.0%', values: [0, 0.5, 1]}};
  const panelOf = (quantity: keyof Values, title: string, y: View): View =>
    panel(lines, options, quantity, title, y);
  return [
    panelOf('trainLoss', 'Training loss (nats)', {scale: {domain: lossDomain, nice: false}}),
    panelOf('trainAccuracy', 'Train accuracy', accuracy),
    panelOf('testAccuracy', 'Test accuracy', accuracy),
    panelOf('curvature', 'Curvature dᵀHd (nats)', curvature),
  ];
}

function panel(
  lines: readonly AlongLine[],
  {x, colour}: AlongOptions,
  quantity: keyof Values,
  title: string,
  y: View,
): View {
  const several = lines.some(({direction}) => direction !== undefined);
  const values = lines.map(({series, direction, distance, values: measured}) => ({
    series,
    ...(direction === undefined ? {} : {direction}),
    distance,
    value: measured[quantity].map((value) => brief(value)),
  }));
  const drawn = {
    x: {field: 'distance', type: 'quantitative', ...x},
    y: {field: 'value', type: 'quantitative', title: null, ...y},
    color: colour,
    ...(several ? {detail: {field: 'direction'}} : {}),
  };
  const tooltip = [
    {field: 'series', title: 'network'},
    ...(several ? [{field: 'direction', title: 'direction'}] : []),
    {field: 'distance', title: 'distance', format: '.3~g'},
    {field: 'value', title: title.toLowerCase(), format: '.3~g'},
  ];
  const look = several ? {strokeWidth: 1.2, opacity: 0.75} : {strokeWidth: 2};
  return {
    title: panelTitle(title),
    data: {values},
    transform: [{flatten: ['distance', 'value']}],
    layer: [
      {mark: {type: 'line', clip: true, ...look, tooltip: null}, encoding: drawn},
      hoverPoints(quantity, {...drawn, tooltip}),
    ],
  };
}
