import {checkOptions} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {figure, type FigureOptions, type FigureSpec, panelTitle} from './figure.ts';
import {lossContours, lossScale, minimumMark} from './loss-contours.ts';
import {inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {poisonLabel} from './series.ts';

/**
 * Training loss over a plane of two directions through each minimum: filled contours with one logarithmic colour scale
 * for all panels.
 *
 * @throws {NothingToDrawError} without a record, or where no loss is finite and positive.
 */
export function lossSurface(
  records: readonly AnalysisOf<'surface'>[],
  options: FigureOptions = {},
): FigureSpec {
  checkOptions('lossSurface', options, {title: true});
  requireSome(records, 'lossSurface', 'surface analysis', 'analyse a run first');
  const {title = 'The loss around the minimum'} = options;
  const scale = lossScale(
    records.map(({data}) => data),
    'lossSurface',
  );
  const minima = records.map(({poisonFactor, data}) => {
    const lowest = data.trainLoss.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
    return `${poisonLabel(poisonFactor)}: ${lowest === null ? 'overflow' : inWords(lowest)}`;
  });
  return figure({
    title,
    description: `Training loss over a plane of two directions through ${records.length === 1 ? 'a minimum' : `${records.length} minima`}, as contours from ${inWords(scale.low)} to ${inWords(scale.high)} nats. Lowest loss of ${minima.join('; of ')}.`,
    panels: records.map(({poisonFactor, data}) => {
      const contours = lossContours(data, scale, ['First direction', 'Second direction']);
      return {title: panelTitle(poisonLabel(poisonFactor)), layer: [contours.layer, minimumMark(contours)]};
    }),
    layout: {minimumPanelWidth: 230, maximumPanelWidth: 420, aspect: 1},
  });
}
