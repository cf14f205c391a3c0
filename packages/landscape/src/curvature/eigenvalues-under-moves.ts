import {at, checkOptions, InputError, type Generator, median} from '@minefield/core';
import {checkCount, checkFloat32, checkGenerator} from '../check-input.ts';
import {searchEigenpairs, type Eigenpair, type SearchReport} from './eigenpair-search.ts';
import {EIGENVALUE_KEYS, type EigenvalueOptions} from './eigenvalue-options.ts';
import type {ExtremeEigenvalues} from './extreme-eigenvalues.ts';
import type {HessianOperator} from './hessian-operator.ts';

export interface MovesOptions extends EigenvalueOptions {
  /** Move k and the start of its search are drawn from its streams `derive('move', k)` and `derive('start', k)`. */
  readonly generator: Generator;
  /** How many. Default 8: all of them fall on one side of a kink once in 128 times. */
  readonly moves?: number;
  /** By what share of itself each parameter is moved. Default 1e-6. */
  readonly size?: number;
  /** Called as moves are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** One eigenvalue at a point and at points next to it. */
export interface Spread {
  /** At the point itself. */
  readonly own: number;
  /** At each moved point, in the order of the moves. */
  readonly values: Float64Array;
  /** Of `values`; so are `low` and `high`. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** How the moves were made, and what they cost. */
export interface MovesReport {
  readonly moves: number;
  readonly size: number;
  /** Lanczos steps, over all moves. */
  readonly steps: number;
  /** Whether every search converged. */
  readonly converged: boolean;
}

/**
 * The largest eigenvalue at points next to one: how many digits of it mean anything.
 *
 * Each parameter θ_i becomes θ_i (1 ± size), the sign drawn at random; zeros stay. So every weight moves by one millionth of itself,
 * at least eight steps of float32, and a pre-activation by about one millionth of the terms that it is the sum of. A smooth loss does
 * not notice. A network of ReLUs that came to rest on a kink has a pre-activation of nearly 0 there, of which rounding decides
 * the sign, and the Hessian is another on either side: then the eigenvalue at the point is one of several, and the median is a
 * steadier number.
 *
 * Searches begin half along the vector that was found at the point, half at random: a start along it alone could not see an
 * eigenvalue that is largest on one side of the kink only.
 *
 * @param operator at the point; the method is not checked again at the moved ones
 * @param theta the point, `[P]`
 * @param own what {@link largestEigenvalue} gave there
 * @throws {InputError} when the point has another length than the operator's, or an option makes no sense
 */
export async function largestUnderMoves(
  operator: HessianOperator,
  theta: Float32Array,
  own: Eigenpair & Pick<SearchReport, 'step'>,
  options: MovesOptions,
): Promise<Spread & MovesReport> {
  const {spreads, ...report} = await searchMoved('largestUnderMoves', operator, theta, [own], own, options);
  return {...at(spreads, 0), ...report};
}

/**
 * Both ends of the spectrum at points next to one, as {@link largestUnderMoves}.
 *
 * @param own what {@link extremeEigenvalues} gave at the point
 */
export async function extremesUnderMoves(
  operator: HessianOperator,
  theta: Float32Array,
  own: ExtremeEigenvalues,
  options: MovesOptions,
): Promise<MovesReport & {readonly largest: Spread; readonly smallest: Spread}> {
  const pairs = [own.largest, own.smallest];
  const {spreads, ...report} = await searchMoved('extremesUnderMoves', operator, theta, pairs, own, options);
  return {largest: at(spreads, 0), smallest: at(spreads, 1), ...report};
}

async function searchMoved(
  caller: string,
  operator: HessianOperator,
  theta: Float32Array,
  /** The largest, then perhaps the smallest. */
  own: readonly Eigenpair[],
  {step}: Pick<SearchReport, 'step'>,
  options: MovesOptions,
): Promise<MovesReport & {readonly spreads: readonly Spread[]}> {
  checkOptions(`landscape.${caller}`, options, {...EIGENVALUE_KEYS, moves: true, size: true});
  const {generator, moves = 8, size = 1e-6, maximumSteps, tolerance, signal, onProgress} = options;
  checkGenerator(caller, generator);
  checkCount(caller, 'moves', moves);
  if (!(size > 0 && size < 1)) {
    throw new InputError(`landscape.${caller}: expected a size in (0, 1), got ${size}`);
  }
  checkFloat32(caller, 'a point', theta, operator.parameters);
  const there = step === null ? operator : operator.withStep(step);
  const found = own.map(({value, vector}) => ({own: value, vector, values: new Float64Array(moves)}));
  let steps = 0;
  let converged = true;
  for (let k = 0; k < moves; k++) {
    const search = await searchEigenpairs(
      caller,
      there.at(movedBy(theta, size, generator.derive('move', k))),
      {generator: generator.derive('start', k), maximumSteps, tolerance, signal},
      (taken) => found.map((_, end) => (end === 0 ? taken - 1 : 0)),
      own.map(({vector}) => vector),
    );
    steps += search.steps;
    converged &&= search.converged;
    // Where there is one eigenvalue only, it is both ends.
    for (const [end, {values}] of found.entries()) values[k] = at(search.pairs, end).value;
    onProgress?.(k + 1, moves);
  }
  const spreads = found.map(({own: value, values}) => ({
    own: value,
    values,
    median: median(values),
    low: values.reduce((a, b) => Math.min(a, b)),
    high: values.reduce((a, b) => Math.max(a, b)),
  }));
  return {spreads, moves, size, steps, converged};
}

/** θ_i (1 ± size). */
function movedBy(theta: Float32Array, size: number, generator: Generator): Float32Array {
  return theta.map((value) => value * (1 + (generator.uint32() & 1 ? size : -size)));
}
