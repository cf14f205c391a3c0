import {basinRadii, relativeCoordinates} from '@minefield/landscape';
import {raysOf} from '../measured-basin.ts';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface RadiiArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** Of the run: ray i is ray i of its record. */
  readonly seed: number;
  /** Index of the first ray. */
  readonly from: number;
  readonly directions: number;
  /** Losses at which the basin ends. */
  readonly cutoffs: readonly number[];
  /** Where rays are given up. */
  readonly maximum: number;
  /** Relative, of each radius. */
  readonly tolerance: number;
}

export interface RadiiValue {
  readonly from: number;
  readonly anchorLoss: number;
  /** Weights that move. */
  readonly dimension: number;
  /** Relative tolerance reached, or asked for where that is larger. */
  readonly tolerance: number;
  /** `[directions]` at each cutoff, in relative radius, Infinity where a ray was given up; empty where the minimum lies above it. */
  readonly radii: readonly Float64Array[];
  /** Rays at each cutoff whose loss stops being a number first. */
  readonly undefinedRays: readonly number[];
}

/** How far the loss stays below each cutoff, along the rays that the sweep's own analysis of basins follows. */
export const radii: Call<RadiiArgs, RadiiValue> = async (
  {problem, theta, seed, from, directions, cutoffs, maximum, tolerance},
  {signal},
) => {
  const {model, objective} = openProblem(problem);
  const rays = raysOf(seed, relativeCoordinates(theta, model.layout));
  const measured = await basinRadii(objective, theta, rays, {
    cutoffs: cutoffs.map((value) => ({kind: 'loss', value})),
    from,
    directions,
    maximum,
    tolerance,
    signal,
  });
  return {
    from,
    anchorLoss: measured.anchorLoss,
    dimension: measured.dimension,
    tolerance: Math.max(tolerance, measured.toleranceReached),
    radii: measured.cutoffs.map((cutoff) => cutoff.radii),
    undefinedRays: measured.cutoffs.map((cutoff) => cutoff.undefinedRays),
  };
};
