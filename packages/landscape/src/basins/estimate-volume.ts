import {checkOptions, logUnitBallVolume, InputError} from '@minefield/core';
import {type BasinRadii, MEASUREMENT_KEYS} from './basin-radii.ts';
import {checkEstimate} from './check-estimate.ts';
import {judgeEstimate} from './judge-estimate.ts';
import type {VolumeEstimate} from './verdict.ts';

export interface VolumeOptions {
  /** n: parameters that the rays move. */
  readonly dimension: number;
  /** log det S of the rays' coordinates, from `relative` to `raw`. Default 0. */
  readonly logDeterminant?: number;
  /** Where censored rays were given up; they count as ending there. Needed where there are any. */
  readonly maximum?: number;
  /** Relative tolerance of the radii. Default 0. */
  readonly tolerance?: number;
  /** How many of the radii end where the loss stops being a number: {@link CutoffRadii.undefinedRays}. Default 0. */
  readonly undefinedRays?: number;
  /** false where the rays' preconditioner was chosen after seeing these very rays. Default true. */
  readonly independent?: boolean;
  /** true where the basin is known to be unbounded. Default false. */
  readonly unbounded?: boolean;
}

/** What a measurement does not know of itself. */
export interface MeasuredVolumeOptions extends Pick<VolumeOptions, 'independent' | 'unbounded'> {
  /** Which of the measurement's cutoffs. Default 0, the first. */
  readonly cutoff?: number;
}

export interface VolumeEstimates {
  /** In the rays' own coordinates u; scale-free where they are {@link relativeCoordinates}. */
  readonly relative: VolumeEstimate;
  /** In parameter space: `relative` plus log det S. */
  readonly raw: VolumeEstimate;
}

/**
 * Volume of a basin from its radii, as far as it is star-shaped about the minimum: V = ω_n E[r^n] over rays uniform on the
 * sphere (or on its image under a diagonal of unit determinant), in log space throughout.
 *
 * The mean is unbiased for V and carried by its largest radii, so in high dimension it is a lower bound in practice; the
 * estimate says which of the two it is.
 *
 * @param measured what `basinRadii` gives
 * @throws {InputError} when there are no radii, or none of that cutoff because the anchor lies at or above it
 * Source: Huang et al. 2019, section 5 (the estimator); Scherlis & Belrose 2025 (preconditioning).
 * @example estimateVolume(await basinRadii(objective, theta, rays, {cutoffs, maximum: 100, directions: 1000})).relative
 */
export function estimateVolume(measured: BasinRadii, options?: MeasuredVolumeOptions): VolumeEstimates;
/**
 * The same from radii alone.
 *
 * @param radii first crossings, Infinity where censored: {@link CutoffRadii.radii}
 * @param options a measurement (`BasinRadii`) may stand for them, or be spread into them: what it knows besides is passed over
 * @throws {InputError} when there are no radii, one is negative or NaN, or one is censored and no `maximum` is given; when
 *   `maximum` is not positive and finite or lies below a finite radius, or another option makes no sense
 */
export function estimateVolume(radii: ArrayLike<number>, options: VolumeOptions): VolumeEstimates;
export function estimateVolume(
  given: BasinRadii | ArrayLike<number>,
  options?: VolumeOptions | MeasuredVolumeOptions,
): VolumeEstimates {
  return 'cutoffs' in given
    ? volumeOfMeasurement(given, options as MeasuredVolumeOptions)
    : volumeOfRadii(given, options as VolumeOptions);
}

function volumeOfMeasurement(measured: BasinRadii, options: MeasuredVolumeOptions = {}): VolumeEstimates {
  checkOptions('landscape.estimateVolume', options, {cutoff: true, independent: true, unbounded: true});
  const {cutoff = 0, independent = true, unbounded = false} = options;
  const found = measured.cutoffs[cutoff];
  if (found === undefined) {
    throw new InputError(
      `landscape.estimateVolume: expected a cutoff in 0..${measured.cutoffs.length - 1}, got ${cutoff}; name one that was measured`,
    );
  }
  if (!found.applicable) {
    throw new InputError(
      `landscape.estimateVolume: expected a cutoff above the anchor's loss of ${measured.anchorLoss}, got ${found.threshold}; ` +
        'raise it, or measure the excess over the anchor’s loss',
    );
  }
  const {undefinedRays} = found;
  return volumeOfRadii(found.radii, {...measured, undefinedRays, independent, unbounded});
}

function volumeOfRadii(radii: ArrayLike<number>, options: VolumeOptions): VolumeEstimates {
  checkOptions<VolumeOptions>('landscape.estimateVolume', options, {
    ...MEASUREMENT_KEYS,
    undefinedRays: true,
    independent: true,
    unbounded: true,
  });
  const {
    dimension,
    logDeterminant = 0,
    maximum,
    tolerance = 0,
    undefinedRays = 0,
    independent = true,
    unbounded = false,
  } = options;
  checkEstimate('estimateVolume', radii, {logDeterminant, maximum, tolerance, undefinedRays});
  const logBall = logUnitBallVolume(dimension);
  let censored = 0;
  const logRadii = Float64Array.from(radii, (radius) => {
    if (radius !== Infinity) return Math.log(radius);
    censored += 1;
    return Math.log(maximum ?? Number.NaN);
  });
  const meanLogRadius = logRadii.reduce((sum, value) => sum + value, 0) / logRadii.length;
  const inCoordinates = (shift: number): VolumeEstimate =>
    judgeEstimate({
      logTerms: logRadii.map((logRadius) => shift + dimension * logRadius),
      censored,
      termError: dimension * tolerance,
      stableLogVolume: shift + dimension * meanLogRadius,
      undefinedRays,
      independent,
      unbounded,
      dimension,
    });
  return {relative: inCoordinates(logBall), raw: inCoordinates(logBall + logDeterminant)};
}
