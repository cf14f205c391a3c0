import {checkOptions} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {type LossScale, lossContours, lossScale, minimumMark} from './loss-contours.ts';
import {brief, percent} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {poisonLabel} from './series.ts';

type Trajectory = AnalysisOf<'trajectory'>;

/**
 * The way that each training took, on the plane of its first two principal components, over the training loss on that
 * plane. How much of the way the plane shows stands above each panel.
 *
 * @throws {NothingToDrawError} without a record, or where no loss is finite and positive.
 */
export function lossTrajectory(records: readonly Trajectory[], options: FigureOptions = {}): FigureSpec {
  checkOptions('lossTrajectory', options, {title: true});
  requireSome(records, 'lossTrajectory', 'trajectory analysis', 'analyse a run first');
  const {title = 'The way that training took'} = options;
  const scale = lossScale(
    records.map(({data}) => data),
    'lossTrajectory',
  );
  const shares = records.map(
    ({poisonFactor, data}) =>
      `${poisonLabel(poisonFactor)}: ${percent(data.explainedVariance[0] + data.explainedVariance[1])}`,
  );
  return figure({
    title,
    description: `Training loss over the plane of the first two principal components of the way from the first weights to the minimum, with that way on it. The plane holds this share of its variance: ${shares.join('; ')}.`,
    panels: records.map((record) => panel(record, scale)),
    layout: {minimumPanelWidth: 230, maximumPanelWidth: 420, aspect: 1},
  });
}

function panel({poisonFactor, data}: Trajectory, scale: LossScale): View {
  const [first, second] = data.explainedVariance;
  const contours = lossContours(data, scale, [
    `First component (${percent(first)})`,
    `Second component (${percent(second)})`,
  ]);
  const {step, x, y} = data.path;
  const values = step.map((at, i) => ({step: at, x: brief(elementAt(x, i)), y: brief(elementAt(y, i))}));
  const axes = {x: contours.x, y: contours.y};
  return {
    title: panelTitle(poisonLabel(poisonFactor), `${elementAt(step, -1).toLocaleString('en')} steps`),
    layer: [
      contours.layer,
      {
        data: {values},
        mark: {type: 'line', color: '#ffffff', strokeWidth: 1.6, tooltip: null},
        encoding: {...axes, order: {field: 'step', type: 'quantitative'}},
      },
      {
        data: {values},
        mark: {
          type: 'point',
          filled: true,
          size: 16,
          fill: '#ffffff',
          stroke: '#1f2328',
          strokeWidth: 0.5,
          opacity: 1,
        },
        encoding: {...axes, tooltip: {field: 'step', title: 'step'}},
      },
      minimumMark(contours),
    ],
  };
}
