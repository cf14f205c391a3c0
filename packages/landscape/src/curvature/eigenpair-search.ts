import type {HessianOperator} from './hessian-operator.ts';
import {addScaledInto, norm} from '../directions/vectors.ts';
import {checkEigenvalueOptions, type EigenvalueOptions} from './eigenvalue-options.ts';
import {randomProbe} from './random-probes.ts';
import {RESOLUTION, searchRitzPairs, type RitzPair} from './ritz-search.ts';
import {settledCurvature, STEP_TOLERANCE} from './settled-curvature.ts';

export interface Eigenpair {
  readonly value: number;
  /** Of unit length, in the operator's coordinates, `[P]`. */
  readonly vector: Float64Array;
  /** ‖H v − λ v‖ / |λ|, measured by one more product; 0 where both are 0. */
  readonly residual: number;
  /**
   * An eigenvalue of the products' matrix lies within this of `value`: ‖H v − λ v‖, or its square over the gap to the rest of the
   * spectrum where the search knows that gap (Kato and Temple). Where products are differences, what halving their step still
   * changes is added. The rounding of float32 products, about 1e-7 of the spectrum's size, comes on top.
   */
  readonly errorBound: number;
}

/** What a search of the spectrum tells beside its pairs. */
export interface SearchReport {
  /** Lanczos steps taken, over all searches where differences needed more than one. */
  readonly steps: number;
  /**
   * Whether every value asked for is known to the tolerance: its `errorBound` is at most `tolerance` of its own magnitude (0.1%
   * of it where products are differences and the tolerance is finer), or at most 1e-7 of the largest magnitude in the spectrum, as
   * near to 0 as float32 products can tell.
   */
  readonly converged: boolean;
  /** Half-width of the central differences at which the eigenvalues settled; null where products are exact. */
  readonly step: number | null;
}

export interface EigenpairSearch extends SearchReport {
  readonly pairs: readonly [Eigenpair, ...Eigenpair[]];
}

/** Searches at steps that were refined, at most: one is enough where the loss is smooth. */
const MOST_SEARCHES = 4;

/**
 * Lanczos until the residual of each wanted Ritz pair is small against its own value.
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
  const {tolerance = 1e-4} = options;
  const start = startNear(near, randomProbe(operator.coordinates, options.generator));
  let used = operator;
  let steps = 0;
  for (let search = 1; ; search++) {
    const found = await searchRitzPairs(used, start, options, wanted);
    steps += found.steps;
    if (used.step === null) {
      const pairs = await mapPairs(found.pairs, async (pair) => judged(used, pair, 0));
      return {pairs, steps, converged: areKnown(pairs, found.size, tolerance), step: null};
    }
    const settled = await mapPairs(found.pairs, async (ritzPair) => {
      const curvature = await settledCurvature(used, ritzPair.vector, found.size);
      const moved = Math.abs(curvature.curvature - ritzPair.value) > STEP_TOLERANCE * found.size;
      return {...curvature, ritzPair, moved};
    });
    const step = settled.reduce((least, pair) => Math.min(least, pair.step ?? least), used.step);
    const moved = settled.some((pair) => pair.moved);
    used = used.withStep(step);
    if (moved && search < MOST_SEARCHES) continue;
    const pairs = await mapPairs(settled, async ({curvature, ritzPair, disagreement}) =>
      judged(used, {...ritzPair, value: curvature}, disagreement),
    );
    const converged =
      !moved &&
      settled.every((pair) => pair.settled) &&
      areKnown(pairs, found.size, Math.max(tolerance, STEP_TOLERANCE));
    return {pairs, steps, converged, step};
  }
}

function startNear(vectors: readonly Float64Array[], probe: Float64Array): Float64Array {
  const start = probe.slice();
  for (const vector of vectors) addScaledInto(start, 1 / Math.sqrt(vectors.length), vector);
  return start;
}

/** The pair with its residual, by one more product. */
async function judged(
  operator: HessianOperator,
  {value, vector, gap}: RitzPair,
  disagreement: number,
): Promise<Eigenpair> {
  const rest = (await operator.apply(vector)).slice();
  addScaledInto(rest, -value, vector);
  const length = norm(rest);
  return {
    value,
    vector,
    residual: length === 0 ? 0 : length / Math.abs(value),
    errorBound: (gap > 0 ? Math.min(length, length ** 2 / gap) : length) + disagreement,
  };
}

function areKnown(pairs: readonly Eigenpair[], size: number, tolerance: number): boolean {
  return pairs.every(
    ({value, errorBound}) => errorBound <= Math.max(tolerance * Math.abs(value), RESOLUTION * size),
  );
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
