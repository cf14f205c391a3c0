import type {CancelSignal, Generator} from '@minefield/core';
import {addScaledInto, norm} from '../directions/vectors.ts';
import {randomProbe, type HessianOperator} from './hessian-operator.ts';
import {lanczos, ritz, ritzVector, type LanczosState} from './lanczos.ts';

export interface EigenvalueOptions {
  /** Draws the start vector. */
  readonly generator: Generator;
  /** Default 100. */
  readonly maximumSteps?: number;
  /** Residual to reach, as a share of the largest magnitude in the spectrum. Default 1e-4; the value's own error is far less. */
  readonly tolerance?: number;
  readonly signal?: CancelSignal;
  readonly onProgress?: (steps: number, maximumSteps: number) => void;
}

export interface Eigenpair {
  readonly value: number;
  /** Of unit length, in the operator's coordinates, `[P]`. */
  readonly vector: Float64Array;
  /** ‖H v − λ v‖ / |λ|, measured by one more product; 0 where both are 0. */
  readonly residual: number;
}

export interface ExtremeEigenvalues {
  readonly largest: Eigenpair;
  /** Algebraically smallest: the most negative curvature where there is any. */
  readonly smallest: Eigenpair;
  /** Lanczos steps taken. */
  readonly steps: number;
  readonly converged: boolean;
}

/**
 * Both ends of the Hessian's spectrum by Lanczos with full reorthogonalisation; signs are kept, and what ends the search
 * is the residual of both ends, not a value that has stopped moving. Parameters that do not move take no part.
 *
 * Memory: `maximumSteps` vectors of P float64.
 */
export function extremeEigenvalues(
  operator: HessianOperator,
  options: EigenvalueOptions,
): Promise<ExtremeEigenvalues> {
  return search(operator, options, ['largest', 'smallest']);
}

/** The algebraically largest eigenvalue alone: as {@link extremeEigenvalues}, but stops as soon as that end is found. */
export async function largestEigenvalue(
  operator: HessianOperator,
  options: EigenvalueOptions,
): Promise<Eigenpair & {readonly steps: number; readonly converged: boolean}> {
  const {largest, steps, converged} = await search(operator, options, ['largest']);
  return {...largest, steps, converged};
}

type End = 'largest' | 'smallest';

async function search(
  operator: HessianOperator,
  options: EigenvalueOptions,
  ends: readonly End[],
): Promise<ExtremeEigenvalues> {
  const {generator, maximumSteps = 100, tolerance = 1e-4, signal, onProgress} = options;
  if (!Number.isInteger(maximumSteps) || maximumSteps < 1) {
    throw new RangeError(`landscape.extremeEigenvalues: expected maximumSteps >= 1, got ${maximumSteps}`);
  }
  const start = randomProbe(operator.coordinates, generator);
  for await (const state of lanczos(operator, start, signal && {signal})) {
    const steps = state.diagonal.length;
    onProgress?.(steps, maximumSteps);
    const converged = residualsAtMost(state, tolerance, ends);
    if (!converged && steps < maximumSteps && state.offDiagonal.at(-1) !== 0) continue;
    const eigen = ritz(state);
    const pair = async (index: number): Promise<Eigenpair> => {
      const vector = ritzVector(state, eigen, index);
      const value = eigen.values[index] ?? Number.NaN;
      return {value, vector, residual: await residualOf(operator, value, vector)};
    };
    const largest = await pair(steps - 1);
    return {largest, smallest: ends.includes('smallest') ? await pair(0) : largest, steps, converged};
  }
  throw new Error('landscape.extremeEigenvalues: Lanczos ended without a state; this is a bug');
}

/** Whether the residual bound |β_m s_mk| of each end is small against the spectrum. */
function residualsAtMost(state: LanczosState, tolerance: number, ends: readonly End[]): boolean {
  const coupling = state.offDiagonal.at(-1) ?? 0;
  if (coupling === 0) return true;
  const {values, vectors} = ritz(state);
  const steps = values.length;
  const size = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[steps - 1] ?? 0));
  return ends.every((end) => {
    const index = end === 'largest' ? steps - 1 : 0;
    return coupling * Math.abs(vectors[(steps - 1) * steps + index] ?? 1) <= tolerance * size;
  });
}

async function residualOf(operator: HessianOperator, value: number, vector: Float64Array): Promise<number> {
  const rest = (await operator.apply(vector)).slice();
  addScaledInto(rest, -value, vector);
  const length = norm(rest);
  return length === 0 ? 0 : length / Math.abs(value);
}
