import {at, InputError} from '@minefield/core';
import {checkCount, checkFloat32, checkLength} from '../check-input.ts';
import {symmetricEigen} from '../curvature/symmetric-eigen.ts';
import {addScaledInto, dot} from './vectors.ts';

export interface PrincipalDirections {
  /** Orthonormal, `[P]` each, by falling variance. */
  readonly directions: readonly Float32Array[];
  /** Share of the trajectory's variance that lies along each. */
  readonly explainedVariance: readonly number[];
  /** Each point of the trajectory as seen from the origin, along each direction, `[T, count]`. */
  readonly projections: Float64Array;
}

/**
 * Principal components of a trajectory, from its T × T Gram matrix: the plane on which the path of an optimizer is
 * drawn. Variance is about the trajectory's mean; projections are distances from `origin` (the last point, say), so that
 * they are the x and y of {@link scanSurface} anchored there.
 *
 * @param trajectory T points, `[P]` each
 * @param origin `[P]`
 * @param count how many. Default 2
 * @throws {InputError} when sizes disagree, or the trajectory has no variance in that many directions
 */
export function principalDirections(
  trajectory: readonly Float32Array[],
  origin: Float32Array,
  count = 2,
): PrincipalDirections {
  checkFloat32('principalDirections', 'an origin', origin);
  checkCount('principalDirections', 'a count', count);
  const mean = new Float64Array(origin.length);
  for (const point of trajectory) {
    checkLength('principalDirections', 'points', point, origin.length);
    addScaledInto(mean, 1 / trajectory.length, point);
  }
  const centred = trajectory.map((point) => mean.map((value, i) => (point[i] ?? 0) - value));
  const points = trajectory.length;
  const gram = new Float64Array(points * points);
  centred.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      gram[i * points + j] = gram[j * points + i] = dot(a, at(centred, j));
    }
  });
  let variance = 0;
  for (let i = 0; i < points; i++) variance += at(gram, i * points + i);
  const {values, vectors} = symmetricEigen(gram, points);
  const directions: Float32Array[] = [];
  const explainedVariance: number[] = [];
  for (let k = points - 1; k >= points - count; k--) {
    // Fewer points than directions asked for: no variance is left.
    const value = k < 0 ? 0 : at(values, k);
    if (!(value > 1e-12 * variance)) {
      throw new InputError(
        `landscape.principalDirections: expected variance in ${count} directions, got it in ${directions.length}; take a longer trajectory`,
      );
    }
    const direction = new Float64Array(origin.length);
    centred.forEach((point, i) => {
      addScaledInto(direction, at(vectors, i * points + k) / Math.sqrt(value), point);
    });
    directions.push(Float32Array.from(direction));
    explainedVariance.push(value / variance);
  }
  return {directions, explainedVariance, projections: projectPoints(trajectory, origin, directions)};
}

/**
 * Each point as seen from the origin along orthonormal directions, `[T, directions]`.
 *
 * @throws {InputError} when sizes disagree
 */
export function projectPoints(
  points: readonly Float32Array[],
  origin: Float32Array,
  directions: readonly ArrayLike<number>[],
): Float64Array {
  for (const vector of [...points, ...directions]) {
    checkLength('projectPoints', 'points and directions', vector, origin.length);
  }
  const projections = new Float64Array(points.length * directions.length);
  points.forEach((point, t) => {
    const offset = Float64Array.from(origin, (value, i) => (point[i] ?? 0) - value);
    directions.forEach((direction, k) => (projections[t * directions.length + k] = dot(offset, direction)));
  });
  return projections;
}
