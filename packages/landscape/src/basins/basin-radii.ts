import {at, type Objective, InputError, type OptionKeys} from '@minefield/core';
import type {Rays} from '../directions/rays.ts';
import {checkFloat32, checkLength} from '../check-input.ts';
import {checkRadiiKeys, checkRadiiOptions, type BasinRadiiOptions} from './basin-radii-options.ts';
import {thresholdOf, type Cutoff} from './cutoff.ts';
import {firstCrossings} from './first-crossings.ts';
import {followRays} from './follow-rays.ts';
import {scanDistances} from './scan-distances.ts';

/** Finest relative tolerance that float32 parameters resolve in practice, and so the finest default. */
export const FLOAT32_TOLERANCE = 1e-5;

export interface CutoffRadii {
  readonly cutoff: Cutoff;
  /** Loss at which the basin ends. */
  readonly threshold: number;
  /** false where the anchor itself lies at or above the threshold: there is no basin to measure, and no radii. */
  readonly applicable: boolean;
  /** First crossing along each ray, in the order of the rays; Infinity where censored. */
  readonly radii: Float64Array;
  readonly censored: number;
  /**
   * Rays whose loss stops being a number before it reaches the threshold: their radius is where that happens, and no crossing.
   * What {@link estimateVolume} wants to know.
   */
  readonly undefinedRays: number;
}

export interface BasinRadii {
  readonly anchorLoss: number;
  /** n: how many parameters the rays move. */
  readonly dimension: number;
  readonly logDeterminant: number;
  readonly maximum: number;
  /** Rays from, from + 1, …, from + directions − 1. */
  readonly from: number;
  readonly directions: number;
  /** Relative tolerance asked for. */
  readonly tolerance: number;
  /** Relative width of the widest final bracket. */
  readonly toleranceReached: number;
  /** Loss evaluations, the anchor's included. */
  readonly evaluations: number;
  readonly cutoffs: readonly CutoffRadii[];
}

/** Of a measurement: so that one may stand for the options of an estimate from it. */
export const MEASUREMENT_KEYS: OptionKeys<BasinRadii> = {
  anchorLoss: true,
  dimension: true,
  logDeterminant: true,
  maximum: true,
  from: true,
  directions: true,
  tolerance: true,
  toleranceReached: true,
  evaluations: true,
  cutoffs: true,
};

/**
 * How far the loss stays below each cutoff along many rays from a minimum: the first crossing, bracketed by a scan and
 * narrowed to a relative tolerance. Many rays are in flight at once, one evaluation of each in every call of the
 * objective, and a ray's result does not depend on the others.
 *
 * The objective is told the loss above which only "exceeds" matters. Rays that never cross are kept as censored.
 *
 * A loss is finite, Infinity (above every cutoff) or NaN. Logits of a network that overflow far out give NaN in a cross-entropy,
 * as Infinity − Infinity, so NaN counts as outside where the loss farther out is no finite number either; a ray that goes from
 * below a cutoff straight to NaN is counted in `undefinedRays`, and an estimate of the volume from it is a lower bound. NaN
 * before a finite loss, or along a ray all the way to the anchor, is a fault of the objective and refused, and so is −Infinity,
 * which would be a basin without end.
 *
 * @param anchor `[P]`
 * @throws {InputError} when sizes disagree, the anchor's loss is not finite, there is no cutoff or direction, the scan
 *   does not rise to `maximum`, or a loss along a ray is −Infinity or NaN where it should be a number
 * @throws the signal's reason, once aborted
 */
export async function basinRadii(
  objective: Objective,
  anchor: Float32Array,
  rays: Rays,
  options: BasinRadiiOptions,
): Promise<BasinRadii> {
  checkRadiiKeys(options);
  const {dimension, logDeterminant, parameters} = rays;
  const {cutoffs, maximum, directions, from = 0, signal, onProgress, onRay} = options;
  const {tolerance = Math.max(0.1 / dimension, FLOAT32_TOLERANCE)} = options;
  const scan = options.scan ?? scanDistances({maximum});
  checkFloat32('basinRadii', 'an anchor', anchor, objective.dimension);
  checkLength('basinRadii', 'an anchor as long as the rays', anchor, parameters);
  checkRadiiOptions(options, tolerance, scan);

  const [anchorLoss = Number.NaN] = await objective.loss(anchor, {signal});
  if (!Number.isFinite(anchorLoss)) {
    throw new InputError(
      `landscape.basinRadii: expected a finite loss at the anchor, got ${anchorLoss}; is the checkpoint diverged?`,
    );
  }
  const measured = cutoffs.map((cutoff) => {
    const threshold = thresholdOf(cutoff, anchorLoss);
    const applicable = threshold > anchorLoss;
    const radii = new Float64Array(applicable ? directions : 0);
    return {cutoff, threshold, applicable, radii, undefinedRays: 0};
  });
  const applicable = measured.filter((cutoff) => cutoff.applicable);
  const rising = applicable.toSorted((a, b) => a.threshold - b.threshold);
  const thresholds = rising.map(({threshold}) => threshold);

  let toleranceReached = 0;
  const evaluations = await followRays(objective, anchor, rays, {
    from,
    directions: rising.length > 0 ? directions : 0,
    search: (ray) => firstCrossings({ray, thresholds, anchorLoss, scan, tolerance}),
    onRay(index, {radii, undefined: undefinedAt, width, scanned}) {
      for (const [i, cutoff] of rising.entries()) {
        cutoff.radii[index - from] = at(radii, i);
        if (undefinedAt[i]) cutoff.undefinedRays += 1;
      }
      toleranceReached = Math.max(toleranceReached, width);
      onRay?.({
        index,
        radii: Float64Array.from(applicable, (cutoff) => at(cutoff.radii, index - from)),
        distances: Float64Array.from(scanned, ({distance}) => distance),
        losses: Float64Array.from(scanned, ({loss}) => loss),
      });
    },
    signal,
    ...(onProgress && {onProgress}),
  });

  return {
    anchorLoss,
    dimension,
    logDeterminant,
    maximum,
    from,
    directions,
    tolerance,
    toleranceReached,
    evaluations: evaluations + 1,
    cutoffs: measured.map((cutoff) => ({
      ...cutoff,
      censored: cutoff.radii.filter((r) => r === Infinity).length,
    })),
  };
}
