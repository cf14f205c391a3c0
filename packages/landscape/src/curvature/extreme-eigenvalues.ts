import {
  at,
  checkOptions,
  type CancelSignal,
  type Generator,
  InputError,
  InternalError,
} from '@minefield/core';
import {checkCount, checkGenerator} from '../check-input.ts';
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
  readonly signal?: CancelSignal | undefined;
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
export async function extremeEigenvalues(
  operator: HessianOperator,
  options: EigenvalueOptions,
): Promise<ExtremeEigenvalues> {
  const {pairs, ...search} = await searchEnds('extremeEigenvalues', operator, options, (steps) => [
    steps - 1,
    0,
  ]);
  const [largest, smallest = largest] = pairs;
  return {largest, smallest, ...search};
}

/** The algebraically largest eigenvalue alone: as {@link extremeEigenvalues}, but stops as soon as that end is found. */
export async function largestEigenvalue(
  operator: HessianOperator,
  options: EigenvalueOptions,
): Promise<Eigenpair & {readonly steps: number; readonly converged: boolean}> {
  const {pairs, ...search} = await searchEnds('largestEigenvalue', operator, options, (steps) => [steps - 1]);
  return {...pairs[0], ...search};
}

export interface LeadingEigenpairs {
  /** By falling eigenvalue. Fewer than asked for where the Hessian has fewer distinct ones. */
  readonly pairs: readonly Eigenpair[];
  readonly steps: number;
  readonly converged: boolean;
}

/**
 * The algebraically largest eigenvalues and their vectors, for directions along which a minimum is sharpest. An eigenvalue
 * that occurs several times is found once.
 */
export async function leadingEigenpairs(
  operator: HessianOperator,
  count: number,
  options: EigenvalueOptions,
): Promise<LeadingEigenpairs> {
  checkCount('leadingEigenpairs', 'a count', count);
  return searchEnds('leadingEigenpairs', operator, options, (steps) =>
    Array.from({length: Math.min(count, steps)}, (_, i) => steps - 1 - i),
  );
}

/** @throws {InputError} naming the caller, at an option that is none or makes no sense */
function checkEigenvalueOptions(caller: string, options: EigenvalueOptions): void {
  checkOptions(`landscape.${caller}`, options, {
    generator: true,
    maximumSteps: true,
    tolerance: true,
    signal: true,
    onProgress: true,
  });
  const {generator, maximumSteps = 100, tolerance = 1e-4} = options;
  checkGenerator(caller, generator);
  checkCount(caller, 'maximumSteps', maximumSteps);
  if (!(tolerance >= 0 && tolerance < Infinity)) {
    throw new InputError(`landscape.${caller}: expected a tolerance >= 0, got ${tolerance}`);
  }
}

async function searchEnds(
  caller: string,
  operator: HessianOperator,
  options: EigenvalueOptions,
  /** Which Ritz pairs are wanted, of so many in rising order. */
  wanted: (steps: number) => readonly number[],
): Promise<{pairs: [Eigenpair, ...Eigenpair[]]; steps: number; converged: boolean}> {
  checkEigenvalueOptions(caller, options);
  const {generator, maximumSteps = 100, tolerance = 1e-4, signal, onProgress} = options;
  const start = randomProbe(operator.coordinates, generator);
  for await (const state of lanczos(operator, start, {signal})) {
    const steps = state.diagonal.length;
    onProgress?.(steps, maximumSteps);
    const indices = wanted(steps);
    // As many wanted as there are steps: the next step may bring another.
    const converged =
      state.offDiagonal.at(-1) === 0 ||
      (indices.length < steps && residualsAtMost(state, tolerance, indices));
    if (!converged && steps < maximumSteps) continue;
    const eigen = ritz(state);
    const pair = async (index: number): Promise<Eigenpair> => {
      const vector = ritzVector(state, eigen, index);
      const value = at(eigen.values, index);
      return {value, vector, residual: await residualOf(operator, value, vector)};
    };
    const [first = steps - 1, ...others] = indices;
    const pairs: [Eigenpair, ...Eigenpair[]] = [await pair(first)];
    for (const index of others) pairs.push(await pair(index));
    return {pairs, steps, converged};
  }
  throw new InternalError('landscape.extremeEigenvalues: Lanczos ended without a state; this is a bug');
}

/** Whether the residual bound |β_m s_mk| of each wanted pair is small against the spectrum. */
function residualsAtMost(state: LanczosState, tolerance: number, indices: readonly number[]): boolean {
  const coupling = at(state.offDiagonal, -1);
  const {values, vectors} = ritz(state);
  const steps = values.length;
  const size = Math.max(Math.abs(at(values, 0)), Math.abs(at(values, -1)));
  return indices.every(
    (index) => coupling * Math.abs(at(vectors, (steps - 1) * steps + index)) <= tolerance * size,
  );
}

async function residualOf(operator: HessianOperator, value: number, vector: Float64Array): Promise<number> {
  const rest = (await operator.apply(vector)).slice();
  addScaledInto(rest, -value, vector);
  const length = norm(rest);
  return length === 0 ? 0 : length / Math.abs(value);
}
