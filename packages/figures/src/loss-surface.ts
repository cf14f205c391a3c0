import {checkOptions, checkPositive} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {figure, type FigureOptions, type FigureSpec, panelTitle} from './figure.ts';
import {type LossGrid, lossContours, lossScale, minimumMark} from './loss-contours.ts';
import {inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {poisonLabel} from './series.ts';

type Surface = AnalysisOf<'surface'>;

export interface LossSurfaceOptions extends FigureOptions {
  /**
   * Weights n that a direction moves. Records have coordinates in lengths of the filters, in which a step of 1 has the relative
   * length √n: with n the axes are those of radii. Default: as in the records.
   */
  readonly weights?: number;
}

/**
 * Training loss over a plane of two directions through each minimum: filled contours with one logarithmic colour scale
 * for all panels. Windows to the measure of each minimum, where records have them, follow those that are the same for all.
 *
 * @throws {NothingToDrawError} without a record, or where no loss is finite and positive.
 */
export function lossSurface(records: readonly Surface[], options: LossSurfaceOptions = {}): FigureSpec {
  checkOptions('lossSurface', options, {title: true, weights: true});
  requireSome(records, 'lossSurface', 'surface analysis', 'analyse a run first');
  const {title = 'The loss around the minimum', weights} = options;
  if (weights !== undefined) checkPositive('lossSurface', 'weights', weights);
  const unit = Math.sqrt(weights ?? 1);
  const windows = [
    ...records.map(({poisonFactor, data}) => ({heading: poisonLabel(poisonFactor), grid: data})),
    ...records.flatMap(({poisonFactor, data}) =>
      data.fitted ? [{heading: `${poisonLabel(poisonFactor)}, to its own measure`, grid: data.fitted}] : [],
    ),
  ].map(({heading, grid}) => ({heading, grid: inUnits(grid, unit)}));
  const scale = lossScale(
    windows.map(({grid}) => grid),
    'lossSurface',
  );
  const radii = records.flatMap(({poisonFactor, data}) =>
    data.fitted ? [`${inWords(unit * data.fitted.radius)} at ${poisonLabel(poisonFactor)}`] : [],
  );
  const widths =
    radii.length === 0 ? '' : ` In this plane the mean radius of the basin is ${radii.join(' and ')}.`;
  const minima = records.map(({poisonFactor, data}) => {
    const lowest = data.trainLoss.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
    return `${poisonLabel(poisonFactor)}: ${lowest === null ? 'overflow' : inWords(lowest)}`;
  });
  return figure({
    title,
    description: `Training loss over a plane of two directions through ${records.length === 1 ? 'a minimum' : `${records.length} minima`}, as contours from ${inWords(scale.low)} to ${inWords(scale.high)} nats. Lowest loss of ${minima.join('; of ')}.${widths}`,
    panels: windows.map(({heading, grid}) => {
      const contours = lossContours(grid, scale, ['First direction', 'Second direction']);
      return {title: panelTitle(heading), layer: [contours.layer, minimumMark(contours)]};
    }),
    layout: {minimumPanelWidth: 230, maximumPanelWidth: 420, aspect: 1},
  });
}

function inUnits<T extends LossGrid>({xs, ys, trainLoss}: T, unit: number): LossGrid {
  const scaled = (values: readonly number[]): number[] => values.map((value) => unit * value);
  return {xs: scaled(xs), ys: scaled(ys), trainLoss};
}
