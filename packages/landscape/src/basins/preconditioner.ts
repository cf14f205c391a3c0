import {checkOptions, InputError} from '@minefield/core';
import type {Coordinates} from '../directions/coordinates.ts';
import {checkLength} from '../check-input.ts';

export interface PreconditionerOptions {
  /** a in p ∝ 1/(|h|^a + ε). Default ½, exact for a quadratic basin with diagonal Hessian. */
  readonly exponent?: number;
  /**
   * ε as a share of the largest |h|^a: how far flat directions are stretched at most. Default 0.01, which suits an estimated
   * diagonal and a loss that is quadratic only nearby: on trained networks 1e-4 did worse than no preconditioner at all. 0
   * is best where the basin is quadratic and h is exact.
   */
  readonly epsilon?: number;
}

/**
 * A positive diagonal P of unit determinant that stretches rays along flat directions: p_i ∝ 1/(|h_i|^a + ε).
 *
 * @param curvature h in the coordinates u (not θ), `[P]`: the Hessian's diagonal by {@link hessianDiagonal} of an operator
 *   in these coordinates; or Adam's second moment by {@link curvatureInCoordinates}. Fix it before the rays are drawn.
 * @returns p, `[P]`; 1 for parameters that do not move
 * @throws {InputError} when sizes disagree, an entry is not finite, or all are 0
 * Source: Scherlis & Belrose 2025, arXiv 2501.18812.
 */
export function preconditionerFrom(
  curvature: ArrayLike<number>,
  coordinates: Coordinates,
  options: PreconditionerOptions = {},
): Float64Array {
  checkOptions('landscape.preconditionerFrom', options, {exponent: true, epsilon: true});
  const {exponent = 0.5, epsilon = 0.01} = options;
  if (!(exponent > 0 && exponent < Infinity) || !(epsilon >= 0 && epsilon < Infinity)) {
    throw new InputError(
      `landscape.preconditionerFrom: expected exponent > 0 and epsilon >= 0, got ${exponent} and ${epsilon}`,
    );
  }
  const {scale, dimension} = coordinates;
  checkLength('preconditionerFrom', 'a curvature', curvature, scale.length);
  let largest = 0;
  const powers = scale.map((moves, i) => {
    const value = moves === 0 ? 0 : Math.abs(curvature[i] ?? Number.NaN) ** exponent;
    if (!Number.isFinite(value)) {
      throw new InputError(
        `landscape.preconditionerFrom: expected finite curvatures, got ${curvature[i]} at ${i}`,
      );
    }
    largest = Math.max(largest, value);
    return value;
  });
  if (largest === 0) {
    throw new InputError(
      'landscape.preconditionerFrom: expected a curvature that is not 0, got none; use no preconditioner',
    );
  }
  const logs = powers.map((power, i) => (scale[i] === 0 ? 0 : -Math.log(power + epsilon * largest)));
  const mean = logs.reduce((sum, value) => sum + value, 0) / dimension;
  if (!Number.isFinite(mean)) {
    throw new InputError(
      'landscape.preconditionerFrom: expected an epsilon > 0 where a curvature is 0, got 0',
    );
  }
  return logs.map((value, i) => (scale[i] === 0 ? 1 : Math.exp(value - mean)));
}

/**
 * A diagonal curvature in θ, such as Adam's second moment, in the coordinates u: multiplied by the scale's square.
 *
 * @param curvature `[P]`
 * @returns `[P]`
 */
export function curvatureInCoordinates(curvature: ArrayLike<number>, {scale}: Coordinates): Float64Array {
  checkLength('curvatureInCoordinates', 'a curvature', curvature, scale.length);
  return scale.map((value, i) => value * value * (curvature[i] ?? 0));
}
