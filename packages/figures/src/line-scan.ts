import {alongPanels} from './along-panels.ts';
import {checkOptions, checkPositive} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {figure, type FigureOptions, type FigureSpec, type View} from './figure.ts';
import {brief, inWords, logTicks} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {seriesOf} from './series.ts';

type Line = AnalysisOf<'line'>;

export interface LineScanOptions extends FigureOptions {
  /** Loss at which the panel is cut off, in nats. Default 2. */
  readonly maximumLoss?: number;
  /**
   * Weights n that a direction moves. Records have distances in lengths of the filters, in which a step of 1 has the relative
   * length √n: with n the axis is that of radii. Default: as in the records.
   */
  readonly weights?: number;
}

/**
 * Loss, accuracy and curvature along one random filter-normalized direction through each minimum.
 *
 * @throws {NothingToDrawError} without a record.
 */
export function lineScan(records: readonly Line[], options: LineScanOptions = {}): FigureSpec {
  checkOptions('lineScan', options, {title: true, maximumLoss: true, weights: true});
  requireSome(records, 'lineScan', 'line analysis', 'analyse a run first');
  const {title = 'Along a random direction through the minimum', maximumLoss = 2, weights} = options;
  checkPositive('lineScan', 'maximumLoss', maximumLoss);
  if (weights !== undefined) checkPositive('lineScan', 'weights', weights);
  const unit = Math.sqrt(weights ?? 1);
  const axis = distanceAxis(records, unit);
  const series = seriesOf(records);
  // A loss that overflowed leaves through the top of the panel.
  const highest = Math.max(...records.flatMap(({data}) => data.trainLoss.map((loss) => loss ?? maximumLoss)));
  const lossDomain = [0, Math.min(highest, maximumLoss)];
  const ends = records.map((record) => {
    const {trainLoss} = record.data;
    const finite = trainLoss.filter((loss) => loss !== null);
    const worst = finite.length < trainLoss.length ? 'overflow' : inWords(Math.max(...finite));
    return `${series.labelOf(record)} from ${finite.length === 0 ? 'overflow' : inWords(Math.min(...finite))} to ${worst} nats`;
  });
  return figure({
    title,
    description: `Training loss, accuracy and curvature along a filter-normalized direction. Loss of ${ends.join('; of ')}.`,
    panels: alongPanels(
      records.map((record) => ({
        series: series.labelOf(record),
        distance: record.data.distances.map((distance) => brief(distance * unit)),
        values: record.data,
      })),
      {
        x: {title: weights === undefined ? 'Distance (filter lengths)' : 'Relative distance', ...axis},
        colour: series.colour,
        lossDomain,
        curvature: {scale: {nice: 5}, axis: {format: '~s'}},
      },
    ),
    layout: {
      minimumPanelWidth: 200,
      maximumPanelWidth: 420,
      aspect: 0.62,
      axisWidth: 42,
      legendCharacters: series.longest,
    },
  });
}

/** Logarithmic on either side, and linear within the smallest distance, where records have distances that grow by a factor. */
function distanceAxis(records: readonly Line[], unit: number): View {
  const smallest = records.flatMap(({settings}) => settings.smallest ?? []);
  if (smallest.length === 0) return {scale: {nice: false}};
  const constant = brief(unit * Math.min(...smallest), 2);
  const farthest = unit * Math.max(...records.flatMap(({data}) => data.distances));
  const ticks = logTicks(constant, farthest);
  return {
    scale: {type: 'symlog', constant, domain: [-farthest, farthest].map((end) => brief(end)), nice: false},
    axis: {
      values: [...ticks.map((tick) => -tick).toReversed(), 0, ...ticks],
      format: '~r',
      labelOverlap: 'greedy',
    },
  };
}
