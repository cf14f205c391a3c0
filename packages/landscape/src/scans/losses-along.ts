import type {EvaluationOptions, Objective} from '@minefield/core';
import {checkCount, checkLength} from '../check-input.ts';

/** How many parameter vectors go into one call where the objective has no preference. */
const DEFAULT_BATCH = 32;

/** How many parameter vectors go into one call. @throws {InputError} where the objective prefers no positive integer */
export function batchOf(caller: string, {preferredBatch = DEFAULT_BATCH}: Objective): number {
  checkCount(caller, 'an objective with preferredBatch', preferredBatch);
  return preferredBatch;
}

/**
 * Loss at anchor + distances[k] · ray k, for K rays in one call; the points are made here where the objective does not
 * make them itself.
 *
 * @param rays `[K, P]`
 * @param distances `[K]`
 */
export async function lossesAlong(
  caller: string,
  objective: Objective,
  anchor: Float32Array,
  rays: Float32Array,
  distances: Float64Array,
  options: EvaluationOptions = {},
): Promise<Float64Array> {
  const losses = await (objective.lossAlong
    ? objective.lossAlong(anchor, rays, distances, options)
    : objective.loss(pointsOn(anchor, rays, distances), options));
  checkLength(caller, 'losses of the objective', losses, distances.length);
  return losses;
}

function pointsOn(anchor: Float32Array, rays: Float32Array, distances: Float64Array): Float32Array {
  const parameters = anchor.length;
  const thetas = new Float32Array(rays.length);
  distances.forEach((distance, k) => {
    for (let i = 0; i < parameters; i++) {
      thetas[k * parameters + i] = (anchor[i] ?? 0) + distance * (rays[k * parameters + i] ?? 0);
    }
  });
  return thetas;
}
