import {at, checkOptions, logUnitBallVolume, InputError} from '@minefield/core';
import type {Rays} from '../directions/rays.ts';
import {checkFloat32} from '../check-input.ts';
import {dot} from '../directions/vectors.ts';
import {MEASUREMENT_KEYS} from './basin-radii.ts';
import {checkEstimate} from './check-estimate.ts';
import {judgeEstimate} from './judge-estimate.ts';
import {logRadialMass} from './radial-mass.ts';
import type {VolumeEstimate} from './verdict.ts';

export interface GaussianMassOptions {
  /** σ of the prior N(0, σ²) on every parameter that the rays move. */
  readonly deviation: number;
  /** Where censored rays were given up. */
  readonly maximum: number;
  /** Index of the first ray. Default 0. */
  readonly from?: number;
  /** Relative tolerance of the radii. Default 0. */
  readonly tolerance?: number;
  /** As for {@link estimateVolume}. Default 0. */
  readonly undefinedRays?: number;
  /** As for {@link estimateVolume}. Default true. */
  readonly independent?: boolean;
}

/** Censored rays do not matter where what lies beyond the maximum could add no more than this, in nats. */
const NEGLIGIBLE = 1e-3;

/**
 * log of a basin's mass under a Gaussian prior about the origin: each ray's share is the integral of the density times
 * t^(n−1) up to its radius, by quadrature in log space. Parameters that no ray moves are left out of the prior.
 *
 * A mass has no coordinates, so there is one estimate, and it is never unbounded. The stable statistic is the mean of the
 * log shares.
 *
 * @param radii of rays `from`, `from` + 1, …; Infinity where censored
 * @param options a measurement (`BasinRadii`) may be spread into them: what it knows besides is passed over
 * @param anchor the point that the rays leave from, `[P]`
 * @throws {InputError} when there are no radii, one is negative or NaN, σ is not positive and finite, the anchor's length is not
 *   that of the rays, `maximum` is missing, not positive and finite or below a finite radius, or another option makes no sense
 */
export function estimateGaussianMass(
  radii: ArrayLike<number>,
  anchor: Float32Array,
  rays: Rays,
  options: GaussianMassOptions,
): VolumeEstimate {
  checkOptions<GaussianMassOptions>('landscape.estimateGaussianMass', options, {
    ...MEASUREMENT_KEYS,
    deviation: true,
    undefinedRays: true,
    independent: true,
  });
  const {deviation, maximum, from = 0, tolerance = 0, undefinedRays = 0, independent = true} = options;
  if (!(deviation > 0 && deviation < Infinity)) {
    throw new InputError(`landscape.estimateGaussianMass: expected a finite deviation > 0, got ${deviation}`);
  }
  if (maximum === undefined) {
    throw new InputError('landscape.estimateGaussianMass: expected a maximum, got none');
  }
  const {dimension, logDeterminant, parameters} = rays;
  checkEstimate('estimateGaussianMass', radii, {logDeterminant, maximum, tolerance, undefinedRays});
  checkFloat32('estimateGaussianMass', 'an anchor as long as the rays', anchor, parameters);
  const ray = new Float32Array(parameters);
  // Rays are 0 exactly where nothing moves.
  rays.fillInto(ray, from);
  let anchorSquared = 0;
  ray.forEach((step, i) => (anchorSquared += step === 0 ? 0 : (anchor[i] ?? 0) ** 2));
  const logSphereArea = Math.log(dimension) + logUnitBallVolume(dimension);
  const logTerms = new Float64Array(radii.length);
  const beyond = new Float64Array(radii.length);
  let censored = 0;
  for (let i = 0; i < radii.length; i++) {
    const radius = at(radii, i);
    rays.fillInto(ray, from + i);
    const line = {dimension, deviation, anchorSquared, along: dot(anchor, ray), raySquared: dot(ray, ray)};
    const constant = logSphereArea + logDeterminant;
    const term = constant + logRadialMass({...line, radius: Math.min(radius, maximum)});
    logTerms[i] = term;
    beyond[i] = radius === Infinity ? constant + logRadialMass({...line, radius}) : term;
    if (radius === Infinity) censored += 1;
  }
  const evidence = {
    logTerms,
    censored,
    termError: dimension * tolerance,
    stableLogVolume: logTerms.reduce((sum, term) => sum + term, 0) / logTerms.length,
    undefinedRays,
    independent,
    unbounded: false,
    dimension,
  };
  const estimate = judgeEstimate(evidence);
  if (censored === 0) return estimate;
  const most = judgeEstimate({...evidence, logTerms: beyond});
  // What is not finite is not negligible.
  const negligible =
    most.logVolume !== null &&
    estimate.logVolume !== null &&
    most.logVolume - estimate.logVolume < NEGLIGIBLE;
  return judgeEstimate({...evidence, censoringNegligible: negligible});
}
