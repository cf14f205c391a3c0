import {logUnitBallVolume} from '@minefield/core';
import {checkFloat32} from '../check-input.ts';
import {separableObjective, type AnalyticObjective} from './analytic-objective.ts';
import {logGaussianBallMass} from './gaussian-ball-mass.ts';

/**
 * |x − centre|²: at cutoff r² the basin is the ball of radius r. Its mass under a Gaussian prior about the origin is known
 * wherever the centre lies.
 *
 * @param centre `[D]`; all zeros for a ball centred on the prior
 * @example ball(new Float32Array(10)).logGaussianMass?.(4, 1) // −2.94403
 */
export function ball(centre: Float32Array): AnalyticObjective {
  checkFloat32('ball', 'a centre', centre);
  const dimension = centre.length;
  const offset = Math.sqrt(centre.reduce((sum, value) => sum + value * value, 0));
  return {
    ...separableObjective(centre.slice(), {
      value: (_, x) => x * x,
      slope: (_, x) => 2 * x,
      curvature: () => 2,
    }),
    logVolume: (cutoff) => logUnitBallVolume(dimension) + (dimension / 2) * Math.log(cutoff),
    logGaussianMass: (cutoff, deviation) =>
      logGaussianBallMass({dimension, radius: Math.sqrt(cutoff) / deviation, offset: offset / deviation}),
  };
}
