import {logGamma} from '@minefield/core';

const ACCURACY = 1e-16;

/**
 * log of the regularized lower incomplete gamma function, log P(a, x) = log(γ(a, x) / Γ(a)), for a > 0 and x ≥ 0; exact
 * in the logarithm where P itself would underflow.
 *
 * Source: series and continued fraction of Abramowitz & Stegun 6.5.29 and 6.5.31, the latter by Lentz's method.
 */
export function logGammaRatio(a: number, x: number): number {
  if (x === 0) return -Infinity;
  const logFactor = a * Math.log(x) - x - logGamma(a + 1);
  if (x < a + 1) {
    let sum = 1;
    let term = 1;
    for (let k = 1; term > sum * ACCURACY; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return logFactor + Math.log(sum);
  }
  const upper = Math.exp(logFactor + Math.log(a)) * upperFraction(a, x);
  return Math.log1p(-Math.min(upper, 1));
}

/** The continued fraction 1/(x+1−a− 1(1−a)/(x+3−a− …)), so that Γ(a, x) = e^(−x) x^a times it. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < ACCURACY * 10) break;
  }
  return fraction;
}
