import type {AnalysisOf} from '@minefield/results';
import {againstPoison} from './against-poison.ts';
import {checkOptions} from './check-options.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {wideAxis} from './wide-axis.ts';

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
  const {axis, remark} = wideAxis(
    samples.map(({value}) => value),
    'log',
  );
  const {title = 'Poison sharpens the minimum'} = options;
  return againstPoison({
    title,
    subject: 'Largest Hessian eigenvalue',
    samples,
    axis: {title: `Largest eigenvalue (${['nats', remark].filter(Boolean).join('; ')})`, ...axis},
    format: '.3~g',
    remark: left > 0 ? ` Eigenvalues that are not positive, ${left} in all, have no place on the axis.` : '',
  });
}
