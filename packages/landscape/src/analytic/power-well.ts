import {logGamma, InputError} from '@minefield/core';
import {separableObjective, type AnalyticObjective} from './analytic-objective.ts';

/**
 * Σ x_i^(2k): the model of a degenerate minimum, with learning coefficient D/(2k).
 *
 * @param power k ≥ 1, an integer; 1 is a bowl, 2 is flat to third order at its minimum
 * @throws {InputError} unless k and the dimension are positive integers
 */
export function powerWell(power: number, dimension = 1): AnalyticObjective {
  if (!Number.isInteger(power) || power < 1 || !Number.isInteger(dimension) || dimension < 1) {
    throw new InputError(
      `landscape.powerWell: expected power and dimension >= 1, integers, got ${power} and ${dimension}`,
    );
  }
  const degree = 2 * power;
  return {
    ...separableObjective(new Float32Array(dimension), {
      value: (_, x) => x ** degree,
      slope: (_, x) => degree * x ** (degree - 1),
      curvature: (_, x) => degree * (degree - 1) * x ** (degree - 2),
    }),
    // Dirichlet's integral: the volume of Σ |x_i / a|^p ≤ 1 is (2 a Γ(1 + 1/p))^D / Γ(1 + D/p).
    logVolume: (cutoff) =>
      dimension * (Math.log(2) + Math.log(cutoff) / degree + logGamma(1 + 1 / degree)) -
      logGamma(1 + dimension / degree),
  };
}
