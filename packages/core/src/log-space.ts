/** Sums and means of numbers known by their logarithms; volumes in thousands of dimensions fit nowhere else. */
import {InputError} from './input-error.ts';

/** log Σ exp(x_i). −∞ for no terms; +∞ if any term is; NaN if any term is NaN. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) return Number.NaN;
    if (value > largest) largest = value;
  }
  if (!Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp((values[i] ?? Number.NaN) - largest);
  return largest + Math.log(sum);
}

/** log of the mean of exp(x_i). NaN for no terms. */
export function logMeanExp(values: ArrayLike<number>): number {
  return values.length === 0 ? Number.NaN : logSumExp(values) - Math.log(values.length);
}

const LANCZOS_FIRST = 0.99999999999980993;
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/**
 * log Γ(x) for finite x > 0, NaN otherwise. Lanczos approximation, g = 7, nine terms (Godfrey 2001); the error is below
 * 1e-14 · max(1, |log Γ(x)|).
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = LANCZOS_FIRST;
  for (const [i, coefficient] of LANCZOS.entries()) sum += coefficient / (shifted + (i + 1));
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * log volume of the unit ball in n dimensions: (n/2) log π − log Γ(n/2 + 1).
 *
 * @throws {InputError} unless n is an integer >= 0
 */
export function logUnitBallVolume(n: number): number {
  if (!Number.isInteger(n) || n < 0) {
    throw new InputError(`core.logUnitBallVolume: expected a dimension >= 0, got ${n}; give a whole number`);
  }
  return (n / 2) * Math.log(Math.PI) - logGamma(n / 2 + 1);
}
