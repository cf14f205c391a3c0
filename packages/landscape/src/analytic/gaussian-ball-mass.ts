import {checkOptions, logGamma, logSumExp, InputError} from '@minefield/core';
import {logGammaRatio} from './incomplete-gamma.ts';

export interface GaussianBall {
  readonly dimension: number;
  /** Radius in standard deviations. */
  readonly radius: number;
  /** Distance of the ball's centre from the mean, in standard deviations. Default 0. */
  readonly offset?: number;
}

/**
 * log of the probability that a standard normal vector falls into a ball: the noncentral χ² distribution, as its Poisson
 * mixture of central ones. Accurate to about 1e-10 in the logarithm for offsets up to about 100.
 *
 * @returns a value ≤ 0; −Infinity for radius 0
 * @throws {InputError} unless dimension ≥ 1, radius ≥ 0 and offset ≥ 0
 */
export function logGaussianBallMass(ball: GaussianBall): number {
  checkOptions('landscape.logGaussianBallMass', ball, {dimension: true, radius: true, offset: true});
  const {dimension, radius, offset = 0} = ball;
  if (!(dimension >= 1) || !(radius >= 0) || !(offset >= 0)) {
    throw new InputError(
      `landscape.logGaussianBallMass: expected dimension >= 1, radius >= 0 and offset >= 0, got ${dimension}, ${radius}, ${offset}`,
    );
  }
  const x = (radius * radius) / 2;
  const rate = (offset * offset) / 2;
  if (rate === 0) return logGammaRatio(dimension / 2, x);
  const terms: number[] = [];
  let largest = -Infinity;
  // The terms rise to one maximum and fall again; 60 nats below it they no longer count.
  for (let j = 0; ; j++) {
    const term = -rate + j * Math.log(rate) - logGamma(j + 1) + logGammaRatio(dimension / 2 + j, x);
    terms.push(term);
    largest = Math.max(largest, term);
    if (!(term > largest - 60)) break;
  }
  return logSumExp(terms);
}
