import {alongPanels} from './along-panels.ts';
import {checkOptions, checkPositive} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, type View} from './figure.ts';
import {brief, inWords, percent} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {seriesOf} from './series.ts';

type Perturbation = AnalysisOf<'perturbation'>;

export interface PerturbedNetworksOptions extends FigureOptions {
  /** Loss at which the panel is cut off, in nats. Default 4. */
  readonly maximumLoss?: number;
}

/**
 * Loss, accuracies and curvature as all weights move along several random directions, a line each. The axis is that of each
 * network's own basin: 1 is its mean radius along these directions.
 *
 * @throws {NothingToDrawError} without a record.
 */
export function perturbedNetworks(
  records: readonly Perturbation[],
  options: PerturbedNetworksOptions = {},
): FigureSpec {
  checkOptions('perturbedNetworks', options, {title: true, maximumLoss: true});
  requireSome(records, 'perturbedNetworks', 'perturbation analysis', 'analyse a run first');
  const {title = 'Each minimum on the scale of its basin', maximumLoss = 4} = options;
  checkPositive('perturbedNetworks', 'maximumLoss', maximumLoss);
  const series = seriesOf(records);
  const highest = Math.max(
    ...records.flatMap(({data}) =>
      data.directions.flatMap(({trainLoss}) => trainLoss.map((loss) => loss ?? maximumLoss)),
    ),
  );
  const ends = records.map((record) => {
    const {radius, directions} = record.data;
    const outermost = (of: 'trainAccuracy' | 'testAccuracy'): string => {
      const far = directions.flatMap((along) => [elementAt(along[of], 0), elementAt(along[of], -1)]);
      return `${percent(Math.min(...far))} to ${percent(Math.max(...far))}`;
    };
    const middle = directions.flatMap(({curvature}) => curvature[(curvature.length - 1) / 2] ?? []);
    const curved =
      middle.length === 0
        ? ''
        : ` and whose curvature at the minimum is ${inWords(Math.min(...middle))} to ${inWords(Math.max(...middle))}`;
    return `${series.labelOf(record)}, whose mean radius is ${inWords(radius)} filter lengths${curved}: train accuracy ${outermost('trainAccuracy')}, test accuracy ${outermost('testAccuracy')}`;
  });
  const most = (of: (record: Perturbation) => number): number => Math.max(...records.map(of));
  return figure({
    title,
    description: `Training loss, accuracies and curvature along ${most(({data}) => data.directions.length)} filter-normalized directions through each minimum, in units of the mean radius of its basin. At ${inWords(most(({settings}) => settings.times))} radii, ${ends.join('; ')}.`,
    panels: alongPanels(
      records.flatMap((record) =>
        record.data.directions.map((values, direction) => ({
          series: series.labelOf(record),
          direction: direction + 1,
          distance: record.data.distances.map((distance) => brief(distance / record.data.radius)),
          values,
        })),
      ),
      {
        x: {title: 'Distance (basin radii)', scale: {nice: false}},
        colour: series.colour,
        lossDomain: [0, Math.min(brief(highest), maximumLoss)],
        curvature: curvatureAxis(records),
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

/** Logarithmic on either side of 0, and linear within 1: curvatures change sign, and differ by powers of ten. */
function curvatureAxis(records: readonly Perturbation[]): View {
  const values = records.flatMap(({data}) =>
    data.directions.flatMap(({curvature}) => curvature.filter((value) => value !== null)),
  );
  const domain = [Math.min(0, ...values), Math.max(1, ...values)].map((end) => brief(end, 2));
  return {
    scale: {type: 'symlog', constant: 1, domain, nice: false},
    axis: {
      values: [-1e4, -100, 0, 100, 1e4, 1e6],
      labelExpr: "datum.value === 0 ? '0' : format(datum.value, '~s')",
    },
  };
}
