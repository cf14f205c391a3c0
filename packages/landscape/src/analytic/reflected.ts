import {InputError} from '@minefield/core';
import {norm} from '../directions/vectors.ts';
import type {AnalyticObjective} from './analytic-objective.ts';

/**
 * The same landscape in reflected coordinates, f(θ − 2 v (v·θ)): eigenvalues and volumes stay, and the Hessian is no
 * longer diagonal.
 *
 * @param normal v, `[P]`, of any length but zero
 * @throws {InputError} when `normal` is zero or has another dimension
 */
export function reflected(objective: AnalyticObjective, normal: ArrayLike<number>): AnalyticObjective {
  const {dimension} = objective;
  const length = norm(normal);
  if (normal.length !== dimension || !(length > 0)) {
    throw new InputError(
      `landscape.reflected: expected a vector of ${dimension} numbers, not all zero, got ${normal.length}`,
    );
  }
  const unit = Float64Array.from(normal, (value) => value / length);
  /** Reflects each row of `[K, P]`. */
  const reflect = (rows: Float32Array): Float32Array => {
    const out = rows.slice();
    for (let start = 0; start < rows.length; start += dimension) {
      let along = 0;
      for (let i = 0; i < dimension; i++) along += (unit[i] ?? 0) * (rows[start + i] ?? 0);
      for (let i = 0; i < dimension; i++)
        out[start + i] = (rows[start + i] ?? 0) - 2 * along * (unit[i] ?? 0);
    }
    return out;
  };
  return {
    ...objective,
    minimum: reflect(objective.minimum),
    loss: (thetas, options) => objective.loss(reflect(thetas), options),
    lossAlong: (anchor, rays, distances, options) =>
      objective.lossAlong(reflect(anchor), reflect(rays), distances, options),
    gradient: async (theta, options) => reflect(await objective.gradient(reflect(theta), options)),
    hessianVector: async (theta, vector, options) =>
      reflect(await objective.hessianVector(reflect(theta), reflect(vector), options)),
  };
}
