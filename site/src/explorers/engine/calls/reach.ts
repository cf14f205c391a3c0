import {basinRadii, relativeCoordinates} from '@minefield/landscape';
import {raysOf} from '../measured-basin.ts';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface ReachArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  readonly seed: number;
  /** How many rays. */
  readonly directions: number;
  /** Loss at which the basin ends, in nats. */
  readonly cutoff: number;
  /** Rays end here, in relative coordinates. */
  readonly maximum: number;
}

export interface ReachValue {
  /** Mean radius in relative coordinates over the rays so far; null where the minimum lies above the cutoff. */
  readonly meanRadius: number | null;
  readonly rays: number;
  /** Parameters that the rays move: a radius of √n is as long as the weights themselves. */
  readonly dimension: number;
}

/** How far a basin reaches, by the mean over rays, as the records of `basin` have it. */
export const reach: Call<ReachArgs, ReachValue, ReachValue> = async (
  {problem, theta, seed, directions, cutoff, maximum},
  {signal, onProgress},
) => {
  const {model, objective} = openProblem(problem);
  const coordinates = relativeCoordinates(theta, model.layout);
  const {dimension} = coordinates;
  let [sum, rays] = [0, 0];
  const {cutoffs} = await basinRadii(objective, theta, raysOf(seed, coordinates), {
    cutoffs: [{kind: 'loss', value: cutoff}],
    directions,
    maximum,
    tolerance: 1e-3,
    signal,
    onRay: ({radii: [radius = Infinity]}) => {
      sum += Math.min(maximum, radius);
      rays += 1;
      if (rays % 8 === 0) onProgress({meanRadius: sum / rays, rays, dimension});
    },
  });
  return {meanRadius: cutoffs[0]?.applicable === true ? sum / rays : null, rays, dimension};
};
