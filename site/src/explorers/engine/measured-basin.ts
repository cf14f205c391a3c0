/** A basin measured as the records of `basin` are: along the same rays, at the same cutoffs, to the same tolerance. */
import {type CancelSignal, createGenerator} from '@minefield/core';
import {
  type BasinRadii,
  type Coordinates,
  type Rays,
  type VolumeEstimate,
  basinRadii,
  estimateVolume,
  mergeRadii,
  sphericalRays,
} from '@minefield/landscape';
import type {OpenProblem} from './problem.ts';

export interface MeasuredCutoff {
  readonly kind: 'loss' | 'excess';
  readonly value: number;
  /** false where the network's own loss lies above it. */
  readonly applicable: boolean;
  /** First crossing along each ray, relative radius; Infinity where there was none. */
  readonly radii: Float64Array;
  /** Rays that never cross counted where they were given up; null where the cutoff does not apply. */
  readonly meanRadius: number | null;
  readonly volume: VolumeEstimate | null;
}

const CUTOFFS = [
  {kind: 'loss', value: 0.25},
  {kind: 'loss', value: 0.5},
  {kind: 'loss', value: 1},
  {kind: 'excess', value: 0.5},
] as const;

/** Rays are given up here. */
const MAXIMUM = 40;

/** Rays between two reports. */
const AT_ONCE = 16;

/** The rays of a run's record, by its seed. */
export function raysOf(seed: number, coordinates: Coordinates): Rays {
  return sphericalRays(coordinates, {generator: createGenerator(seed, 'basin')});
}

/** Follows the first so many rays. @param onRays hears of what is known so far; what it returns is waited for */
export async function measureBasin(
  {objective}: OpenProblem,
  theta: Float32Array,
  rays: Rays,
  directions: number,
  signal: CancelSignal,
  onRays: (cutoffs: readonly MeasuredCutoff[], rays: number) => Promise<void> | void,
): Promise<readonly MeasuredCutoff[]> {
  const parts: BasinRadii[] = [];
  let cutoffs: readonly MeasuredCutoff[] = [];
  for (let from = 0; from < directions; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, directions - from);
    const tolerance = Math.max(1e-5, 0.1 / rays.dimension);
    const options = {cutoffs: CUTOFFS, maximum: MAXIMUM, tolerance, from, directions: count, signal};
    parts.push(await basinRadii(objective, theta, rays, options));
    cutoffs = cutoffsOf(mergeRadii(parts));
    await onRays(cutoffs, from + count);
  }
  return cutoffs;
}

function cutoffsOf(measured: BasinRadii): readonly MeasuredCutoff[] {
  const {dimension, logDeterminant, maximum, tolerance} = measured;
  return measured.cutoffs.map(({cutoff, applicable, radii, undefinedRays}) => {
    const reached = radii.reduce((sum, radius) => sum + Math.min(radius, maximum), 0);
    return {
      ...cutoff,
      applicable,
      radii,
      meanRadius: applicable ? reached / radii.length : null,
      volume: applicable
        ? estimateVolume(radii, {dimension, logDeterminant, maximum, tolerance, undefinedRays}).relative
        : null,
    };
  });
}
