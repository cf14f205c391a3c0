import {logUnitBallVolume, InputError} from '@minefield/core';
import {separableObjective, type AnalyticObjective} from './analytic-objective.ts';
import {logGaussianBallMass} from './gaussian-ball-mass.ts';

/**
 * ½ Σ x_i² over the first `constrained` coordinates only: a ball times a flat space, so its volume is infinite as soon as
 * a coordinate is unconstrained, while its mass under a Gaussian prior stays finite. With `constrained = 1` the basin is
 * the slab |x_0| ≤ √(2 cutoff).
 *
 * @throws {InputError} unless 1 ≤ constrained ≤ dimension
 */
export function slab(dimension: number, constrained: number): AnalyticObjective {
  if (!Number.isInteger(constrained) || constrained < 1 || !(constrained <= dimension)) {
    throw new InputError(
      `landscape.slab: expected 1 <= constrained <= dimension, got constrained ${constrained}, dimension ${dimension}`,
    );
  }
  return {
    ...separableObjective(new Float32Array(dimension), {
      value: (i, x) => (i < constrained ? (x * x) / 2 : 0),
      slope: (i, x) => (i < constrained ? x : 0),
      curvature: (i) => (i < constrained ? 1 : 0),
    }),
    logVolume: (cutoff) =>
      constrained < dimension
        ? Infinity
        : logUnitBallVolume(dimension) + (dimension / 2) * Math.log(2 * cutoff),
    logGaussianMass: (cutoff, deviation) =>
      logGaussianBallMass({dimension: constrained, radius: Math.sqrt(2 * cutoff) / deviation}),
  };
}
