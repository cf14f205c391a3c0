import {at, InternalError} from '@minefield/core';
import type {EigenvalueOptions} from './eigenvalue-options.ts';
import {lanczos, ritz, ritzVector, type LanczosState} from './lanczos.ts';
import type {SymmetricOperator} from './symmetric-operator.ts';
import type {SymmetricEigen} from './tridiagonal-eigen.ts';

/** Of the spectrum's size: products in float32 know no eigenvalue better. */
export const RESOLUTION = 1e-7;

export interface RitzSearch {
  readonly pairs: readonly [RitzPair, ...RitzPair[]];
  /** Largest magnitude in the spectrum, as far as it is known. */
  readonly size: number;
  readonly steps: number;
}

export interface RitzPair {
  readonly value: number;
  readonly vector: Float64Array;
  /** How far the rest of the spectrum is, as far as the other Ritz values tell; 0 where they do not. */
  readonly gap: number;
}

/** Lanczos from a start vector until the residual of each wanted Ritz pair is small against its own value, or the steps end. */
export async function searchRitzPairs(
  operator: SymmetricOperator,
  start: Float64Array,
  {maximumSteps = 100, tolerance = 1e-4, signal, onProgress}: EigenvalueOptions,
  wanted: (steps: number) => readonly number[],
): Promise<RitzSearch> {
  for await (const state of lanczos(operator, start, {signal})) {
    const steps = state.diagonal.length;
    onProgress?.(steps, maximumSteps);
    const indices = wanted(steps);
    const eigen = ritz(state);
    const residuals = residualsOf(state, eigen);
    const size = sizeOf(eigen.values);
    const isSmall = (index: number): boolean =>
      at(residuals, index) <= Math.max(tolerance * Math.abs(at(eigen.values, index)), RESOLUTION * size);
    // As many wanted as there are steps: the next step may bring another.
    const ended = state.offDiagonal.at(-1) === 0 || (indices.length < steps && indices.every(isSmall));
    if (!ended && steps < maximumSteps) continue;
    const pair = (index: number): RitzPair => ({
      value: at(eigen.values, index),
      vector: ritzVector(state, eigen, index),
      gap: gapBeside(eigen.values, residuals, index),
    });
    const [first = steps - 1, ...others] = indices;
    return {pairs: [pair(first), ...others.map(pair)], size, steps};
  }
  throw new InternalError('landscape.searchRitzPairs: Lanczos ended without a state; this is a bug');
}

/** The residual |β_m s_mk| of every Ritz pair. */
function residualsOf({offDiagonal}: LanczosState, {values, vectors}: SymmetricEigen): Float64Array {
  const steps = values.length;
  const coupling = at(offDiagonal, -1);
  return values.map((_, k) => coupling * Math.abs(at(vectors, (steps - 1) * steps + k)));
}

/**
 * From a Ritz value to its neighbours, less their residuals: each stands for an eigenvalue within its own. 0 where there is no
 * neighbour, or one that is not known well enough.
 */
function gapBeside(values: Float64Array, residuals: Float64Array, index: number): number {
  let gap = Infinity;
  for (const beside of [index - 1, index + 1]) {
    if (beside < 0 || beside >= values.length) continue;
    gap = Math.min(gap, Math.abs(at(values, beside) - at(values, index)) - at(residuals, beside));
  }
  return gap < Infinity ? Math.max(gap, 0) : 0;
}

/** The largest magnitude among values in rising order. */
function sizeOf(values: Float64Array): number {
  return Math.max(Math.abs(at(values, 0)), Math.abs(at(values, -1)));
}
