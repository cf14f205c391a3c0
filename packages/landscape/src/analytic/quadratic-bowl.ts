import {logUnitBallVolume, InputError} from '@minefield/core';
import {separableObjective, type AnalyticObjective} from './analytic-objective.ts';

/**
 * ½ Σ h_i x_i²: an ellipsoidal basin.
 *
 * @param spectrum the Hessian's eigenvalues h, all > 0 (see {@link slab} for zeros)
 * @throws {InputError} when an eigenvalue is not positive and finite, or there is none
 * @example quadraticBowl(logSpacedSpectrum(50, -1, 1)).logVolume(0.1) // −69.6213
 */
export function quadraticBowl(spectrum: ArrayLike<number>): AnalyticObjective {
  const eigenvalues = Float64Array.from(spectrum);
  if (eigenvalues.length === 0 || !eigenvalues.every((value) => value > 0 && Number.isFinite(value))) {
    throw new InputError(
      'landscape.quadraticBowl: expected at least one eigenvalue, all positive and finite',
    );
  }
  const dimension = eigenvalues.length;
  const logDeterminant = eigenvalues.reduce((sum, value) => sum + Math.log(value), 0);
  return {
    ...separableObjective(new Float32Array(dimension), {
      value: (i, x) => ((eigenvalues[i] ?? 0) * x * x) / 2,
      slope: (i, x) => (eigenvalues[i] ?? 0) * x,
      curvature: (i) => eigenvalues[i] ?? 0,
    }),
    logVolume: (cutoff) =>
      logUnitBallVolume(dimension) + (dimension / 2) * Math.log(2 * cutoff) - logDeterminant / 2,
  };
}

/** `count` eigenvalues spaced evenly in their logarithm from 10^first to 10^last. */
export function logSpacedSpectrum(count: number, first: number, last: number): Float64Array {
  const step = count > 1 ? (last - first) / (count - 1) : 0;
  return Float64Array.from({length: count}, (_, i) => 10 ** (first + step * i));
}
