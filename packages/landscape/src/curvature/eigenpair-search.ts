import {
  at,
  checkOptions,
  type CancelSignal,
  type Generator,
  InputError,
  InternalError,
  type OptionKeys,
} from '@minefield/core';
import {checkCount, checkGenerator} from '../check-input.ts';
import {addScaledInto, norm} from '../directions/vectors.ts';
import type {HessianOperator} from './hessian-operator.ts';
import {lanczos, ritz, ritzVector, type LanczosState} from './lanczos.ts';
import {randomProbe} from './random-probes.ts';
import {settledCurvature, STEP_TOLERANCE} from './settled-curvature.ts';

export interface EigenvalueOptions {
  /** Draws the start vector. */
  readonly generator: Generator;
  /** Default 100. */
  readonly maximumSteps?: number | undefined;
  /** Residual to reach, as a share of the largest magnitude in the spectrum. Default 1e-4; the value's own error is far less. */
  readonly tolerance?: number | undefined;
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

/** What a search of the spectrum tells beside its pairs. */
export interface SearchReport {
  /** Lanczos steps taken, over all searches where differences needed more than one. */
  readonly steps: number;
  readonly converged: boolean;
  /** Half-width of the central differences at which the eigenvalues settled; null where products are exact. */
  readonly step: number | null;
}

export interface EigenpairSearch extends SearchReport {
  readonly pairs: readonly [Eigenpair, ...Eigenpair[]];
}

export const EIGENVALUE_KEYS: OptionKeys<EigenvalueOptions> = {
  generator: true,
  maximumSteps: true,
  tolerance: true,
  signal: true,
  onProgress: true,
};

/** Searches at steps that were refined, at most: one is enough where the loss is smooth. */
const MOST_SEARCHES = 4;

/**
 * Lanczos until the residuals of the wanted Ritz pairs are small.
 *
 * Where products are central differences, their step is then halved on each of the vectors found until vᵀHv settles: it was chosen
 * on a random vector, along which the loss is far less curved. Where that moves a value, the search is made again with the step
 * that settled. A search whose values never settle, as at a kink, has not converged.
 *
 * @param wanted which Ritz pairs are wanted, of so many in rising order
 * @param near unit vectors to begin near: half the square of the start is theirs, the other half random as without
 */
export async function searchEigenpairs(
  caller: string,
  operator: HessianOperator,
  options: EigenvalueOptions,
  wanted: (steps: number) => readonly number[],
  near: readonly Float64Array[] = [],
): Promise<EigenpairSearch> {
  checkEigenvalueOptions(caller, options);
  const start = startNear(near, randomProbe(operator.coordinates, options.generator));
  let used = operator;
  let steps = 0;
  for (let search = 1; ; search++) {
    const found = await searchOnce(used, start, options, wanted);
    steps += found.steps;
    if (used.step === null) {
      const pairs = await mapPairs(found.pairs, async (pair) => withResidual(used, pair));
      return {pairs, steps, converged: found.converged, step: null};
    }
    const settled = await mapPairs(found.pairs, async ({value, vector}) => {
      const curvature = await settledCurvature(used, vector, found.size);
      const moved = Math.abs(curvature.curvature - value) > STEP_TOLERANCE * found.size;
      return {...curvature, vector, moved};
    });
    const step = settled.reduce((least, pair) => Math.min(least, pair.step ?? least), used.step);
    const moved = settled.some((pair) => pair.moved);
    used = used.withStep(step);
    if (moved && search < MOST_SEARCHES) continue;
    const pairs = await mapPairs(settled, async ({curvature, vector}) =>
      withResidual(used, {value: curvature, vector}),
    );
    const converged = found.converged && !moved && settled.every((pair) => pair.settled);
    return {pairs, steps, converged, step};
  }
}

interface Found {
  readonly pairs: readonly [RitzPair, ...RitzPair[]];
  /** Largest magnitude in the spectrum, as far as it is known. */
  readonly size: number;
  readonly steps: number;
  readonly converged: boolean;
}

type RitzPair = Omit<Eigenpair, 'residual'>;

async function searchOnce(
  operator: HessianOperator,
  start: Float64Array,
  {maximumSteps = 100, tolerance = 1e-4, signal, onProgress}: EigenvalueOptions,
  wanted: (steps: number) => readonly number[],
): Promise<Found> {
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
    const pair = (index: number): RitzPair => ({
      value: at(eigen.values, index),
      vector: ritzVector(state, eigen, index),
    });
    const [first = steps - 1, ...others] = indices;
    return {pairs: [pair(first), ...others.map(pair)], size: sizeOf(eigen.values), steps, converged};
  }
  throw new InternalError('landscape.searchEigenpairs: Lanczos ended without a state; this is a bug');
}

function startNear(vectors: readonly Float64Array[], probe: Float64Array): Float64Array {
  const start = probe.slice();
  for (const vector of vectors) addScaledInto(start, 1 / Math.sqrt(vectors.length), vector);
  return start;
}

/** Whether the residual bound |β_m s_mk| of each wanted pair is small against the spectrum. */
function residualsAtMost(state: LanczosState, tolerance: number, indices: readonly number[]): boolean {
  const coupling = at(state.offDiagonal, -1);
  const {values, vectors} = ritz(state);
  const steps = values.length;
  return indices.every(
    (index) => coupling * Math.abs(at(vectors, (steps - 1) * steps + index)) <= tolerance * sizeOf(values),
  );
}

/** The largest magnitude among values in rising order. */
function sizeOf(values: Float64Array): number {
  return Math.max(Math.abs(at(values, 0)), Math.abs(at(values, -1)));
}

async function withResidual(operator: HessianOperator, {value, vector}: RitzPair): Promise<Eigenpair> {
  const rest = (await operator.apply(vector)).slice();
  addScaledInto(rest, -value, vector);
  const length = norm(rest);
  return {value, vector, residual: length === 0 ? 0 : length / Math.abs(value)};
}

/** One after another, in order. */
async function mapPairs<T, U>(
  [first, ...others]: readonly [T, ...T[]],
  map: (pair: T) => Promise<U>,
): Promise<[U, ...U[]]> {
  const mapped: [U, ...U[]] = [await map(first)];
  for (const pair of others) mapped.push(await map(pair));
  return mapped;
}

/** @throws {InputError} naming the caller, at an option that is none or makes no sense */
function checkEigenvalueOptions(caller: string, options: EigenvalueOptions): void {
  checkOptions(`landscape.${caller}`, options, EIGENVALUE_KEYS);
  const {generator, maximumSteps = 100, tolerance = 1e-4} = options;
  checkGenerator(caller, generator);
  checkCount(caller, 'maximumSteps', maximumSteps);
  if (!(tolerance >= 0 && tolerance < Infinity)) {
    throw new InputError(`landscape.${caller}: expected a tolerance >= 0, got ${tolerance}`);
  }
}
