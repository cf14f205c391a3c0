import {checkOptions, logGamma, InputError} from '@minefield/core';
import {logGammaRatio} from './incomplete-gamma.ts';

export interface GaussianBall {
  readonly dimension: number;
  /** Radius in standard deviations. */
  readonly radius: number;
  /** Distance of the ball's centre from the mean, in standard deviations, at most 100,000. Default 0. */
  readonly offset?: number;
}

/** The terms that count grow in number with the offset, a million or two at this one, and so does their rounding. */
const MOST_OFFSET = 1e5;

/** So many nats below the largest, terms no longer count. */
const DEPTH = 60;

/** Radii so far beyond where a normal vector lies leave out e^(−40²/2), which is less than the smallest number. */
const FAR = 40;

/**
 * log of the probability that a standard normal vector falls into a ball: the noncentral χ² distribution, as its Poisson
 * mixture of central ones. Accurate to about 1e-10 in the logarithm for offsets up to about 100; beyond, rounding grows as
 * the square of the offset, to 1e-7 at 5,000 and 1e-4 at 100,000.
 *
 * @returns a value ≤ 0; −Infinity for radius 0
 * @throws {InputError} unless all are finite, dimension ≥ 1, radius ≥ 0 and offset in [0, 100,000]
 */
export function logGaussianBallMass(ball: GaussianBall): number {
  checkOptions('landscape.logGaussianBallMass', ball, {dimension: true, radius: true, offset: true});
  const {dimension, radius, offset = 0} = ball;
  if (![dimension, radius].every(Number.isFinite) || dimension < 1 || radius < 0) {
    throw new InputError(
      `landscape.logGaussianBallMass: expected finite dimension >= 1 and radius >= 0, got ${dimension} and ${radius}`,
    );
  }
  if (!(offset >= 0 && offset <= MOST_OFFSET)) {
    throw new InputError(
      `landscape.logGaussianBallMass: expected an offset in [0, ${MOST_OFFSET}], got ${offset}`,
    );
  }
  if (radius - offset > Math.sqrt(dimension) + FAR) return 0;
  const x = (radius * radius) / 2;
  const rate = (offset * offset) / 2;
  if (rate === 0 || x === 0) return logGammaRatio(dimension / 2, x);
  return logMixture(dimension / 2, x, rate);
}

/**
 * log Σ_j w_j P(h + j, x) with Poisson weights w_j of that rate.
 *
 * P comes from one series at the last term that counts, and from P(a, x) = P(a + 1, x) + x^a e^(−x) / Γ(a + 1) below it, which
 * only adds. A term is at most rate/(j + 1) · min(1, x/(h + j + 1)) times the one before it; where that is 1 they are about
 * largest.
 */
function logMixture(h: number, x: number, rate: number): number {
  // Of j (h + j) = rate · x, without a square that overflows.
  const share = rate * (x / h);
  const balanced = (2 * share) / (1 + Math.sqrt(1 + (4 * share) / h));
  let last = Math.floor(Math.min(rate, balanced));
  for (let fallen = 0; fallen < DEPTH; last++) {
    fallen -= Math.log((rate / (last + 1)) * Math.min(1, x / (h + last + 1)));
  }
  // Where x is not much larger than a the series converges, and the continued fraction does not in its steps.
  if (x - (h + last) < 12 * Math.sqrt(x)) last = Math.max(last, Math.ceil(x - h));

  let logShare = logGammaRatio(h + last, x);
  let sum = -Infinity;
  let largest = -Infinity;
  for (let j = last; j >= 0; j--) {
    const term = logPoisson(j, rate) + logShare;
    sum = logAdd(sum, term);
    largest = Math.max(largest, term);
    if (!(term > largest - DEPTH)) break;
    logShare = Math.min(0, logAdd(logShare, logPoisson(h + j - 1, x)));
  }
  return Math.min(0, sum);
}

/** log of rate^k e^(−rate) / Γ(k + 1). */
function logPoisson(k: number, rate: number): number {
  return k * Math.log(rate) - rate - logGamma(k + 1);
}

/** log(e^a + e^b). */
function logAdd(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}
