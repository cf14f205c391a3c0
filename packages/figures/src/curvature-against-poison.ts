import type {AnalysisOf} from '@minefield/results';
import {againstPoison} from './against-poison.ts';
import {checkOptions} from './check-options.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {brief, logTicks} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';

/**
 * The largest Hessian eigenvalue of the clean training loss, in scale-free coordinates, against the poison factor.
 *
 * @throws {NothingToDrawError} without a positive eigenvalue: the axis is logarithmic.
 */
export function curvatureAgainstPoison(
  curvatures: readonly AnalysisOf<'curvature'>[],
  options: FigureOptions = {},
): FigureSpec {
  checkOptions('curvatureAgainstPoison', options, {title: true});
  requireSome(curvatures, 'curvatureAgainstPoison', 'curvature analysis', 'analyse the runs first');
  const samples = curvatures
    .map(({seed, poisonFactor, data}) => ({seed, poisonFactor, value: data.largestEigenvalue.relative}))
    .filter(({value}) => value > 0);
  const left = curvatures.length - samples.length;
  requireSome(
    samples,
    'curvatureAgainstPoison',
    'positive eigenvalue',
    'check that the runs ended in minima',
  );
  const values = samples.map(({value}) => value);
  const [low, high] = [brief(Math.min(...values) / 1.5), brief(Math.max(...values) * 1.5)];
  const ticks = logTicks(low, high);
  const {title = 'Poison sharpens the minimum'} = options;
  return againstPoison({
    title,
    subject: 'Largest Hessian eigenvalue',
    samples,
    axis: {
      title: 'Largest eigenvalue (nats)',
      scale: {type: 'log', domain: [low, high], nice: false},
      axis: {format: '~g', values: ticks, tickCount: ticks.length},
    },
    format: '.3~g',
    remark: left > 0 ? ` Eigenvalues that are not positive, ${left} in all, have no place on the axis.` : '',
  });
}
