import {checkOptions, checkPositive} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {hoverPoints} from './hover.ts';
import {brief, inWords, percent} from './numbers.ts';
import {palette} from './palette.ts';
import {poisonLabel} from './series.ts';

type Connectivity = AnalysisOf<'connectivity'>;

export interface ConnectingPathsOptions extends FigureOptions {
  /** Loss at which the panel is cut off, in nats. Default 2. */
  readonly maximumLoss?: number;
}

const names = {line: 'straight', bend: 'bent to be low'} as const;

/** Loss and accuracies along the straight line and along a trained bend from one minimum to another. */
export function connectingPaths(record: Connectivity, options: ConnectingPathsOptions = {}): FigureSpec {
  checkOptions('connectingPaths', options, {title: true, maximumLoss: true});
  const {title = 'From one minimum to the other', maximumLoss = 2} = options;
  checkPositive('connectingPaths', 'maximumLoss', maximumLoss);
  const {data, poisonFactor} = record;
  const {otherPoisonFactor, line, bend} = data;
  const [from, to] = [poisonFactor, otherPoisonFactor].map(poisonLabel);
  const highest = Math.max(
    ...[line, bend].flatMap(({trainLoss}) => trainLoss.map((loss) => loss ?? maximumLoss)),
  );
  const barriers = [line, bend].map(({barrier}) =>
    barrier === null ? 'past every number' : `${inWords(barrier)} nats`,
  );
  const lowest = Math.min(...bend.trainAccuracy);
  return figure({
    title,
    description: `Training loss and accuracies from the minimum ${from} to the one ${to}. The loss rises by ${barriers[0]} on the straight line and by ${barriers[1]} on the bend, where train accuracy stays at ${percent(lowest)} or above, and test accuracy goes from ${percent(elementAt(bend.testAccuracy, 0))} to ${percent(elementAt(bend.testAccuracy, -1))}.`,
    panels: [
      panel(data, 'trainLoss', 'Training loss (nats)', {
        scale: {domain: [0, Math.min(maximumLoss, brief(highest))], nice: false},
      }),
      panel(data, 'trainAccuracy', 'Train accuracy', accuracyAxis),
      panel(data, 'testAccuracy', 'Test accuracy', accuracyAxis),
    ],
    layout: {
      minimumPanelWidth: 180,
      maximumPanelWidth: 420,
      aspect: 0.8,
      axisWidth: 42,
      legendCharacters: 16,
    },
  });
}

const accuracyAxis: View = {scale: {domain: [0, 1]}, axis: {format: '.0%', values: [0, 0.5, 1]}};

function panel(
  data: Connectivity['data'],
  quantity: 'trainLoss' | 'trainAccuracy' | 'testAccuracy',
  title: string,
  axis: View,
): View {
  const values = (['line', 'bend'] as const).map((path) => ({
    path: names[path],
    position: data.positions.map((position) => brief(position)),
    value: data[path][quantity].map((value) => brief(value)),
  }));
  const drawn = {
    x: {
      field: 'position',
      type: 'quantitative',
      title: 'Position on the path',
      scale: {nice: false},
      axis: {format: '~g', values: [0, 0.5, 1]},
    },
    y: {field: 'value', type: 'quantitative', title: null, ...axis},
    color: {
      field: 'path',
      type: 'nominal',
      title: null,
      scale: {domain: Object.values(names), range: palette.classes},
    },
  };
  const tooltip = [
    {field: 'path', title: 'path'},
    {field: 'position', title: 'position', format: '.2f'},
    {field: 'value', title: title.toLowerCase(), format: '.3~g'},
  ];
  return {
    title: panelTitle(title),
    data: {values},
    transform: [{flatten: ['position', 'value']}],
    layer: [
      {mark: {type: 'line', clip: true, strokeWidth: 2, tooltip: null}, encoding: drawn},
      hoverPoints(quantity, {...drawn, tooltip}),
    ],
  };
}
