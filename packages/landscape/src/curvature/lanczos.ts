import {at, type CancelSignal, InputError} from '@minefield/core';
import {addScaledInto, norm} from '../directions/vectors.ts';
import {finiteProduct, type SymmetricOperator} from './symmetric-operator.ts';
import {tridiagonalEigen, type SymmetricEigen} from './tridiagonal-eigen.ts';

/** What m steps of Lanczos know: the matrix restricted to its Krylov space is tridiagonal in `basis`. */
export interface LanczosState {
  /** `[m]`. */
  readonly diagonal: readonly number[];
  /** `[m]`; the last couples the space to what lies outside it, 0 once the space is invariant. */
  readonly offDiagonal: readonly number[];
  /** m orthonormal vectors, and the one to take next unless the space is invariant. */
  readonly basis: readonly Float64Array[];
}

/** Of the matrix's size: products in float32 carry no smaller coupling. */
const INVARIANT = 1e-7;

/**
 * Lanczos from a start vector, with full reorthogonalisation: yields the state after every step, and ends when the Krylov
 * space is invariant (all eigenvalues that the start vector contains are then exact).
 *
 * @param start any vector but zero; it is normalized here
 * @throws {InputError} when `start` is zero or a product is not finite
 */
export async function* lanczos(
  operator: SymmetricOperator,
  start: Float64Array,
  {signal}: {readonly signal?: CancelSignal | undefined} = {},
): AsyncGenerator<LanczosState, void, void> {
  const length = norm(start);
  if (!(length > 0)) throw new InputError('landscape.lanczos: expected a start vector that is not 0, got 0');
  const basis: Float64Array[] = [quotient(start, length)];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let size = 0;
  for (;;) {
    signal?.throwIfAborted();
    const vector = at(basis, -1);
    const next = (await finiteProduct('lanczos', operator, vector)).slice();
    const along = product(vector, next);
    // Twice is enough to keep orthogonality at rounding level (Giraud et al. 2005).
    removeSpanInto(next, [...basis, ...basis]);
    const coupling = Math.sqrt(product(next, next));
    size = Math.max(size, Math.abs(along) + coupling);
    const invariant = coupling <= INVARIANT * size || basis.length === start.length;
    diagonal.push(along);
    offDiagonal.push(invariant ? 0 : coupling);
    if (!invariant) basis.push(quotient(next, coupling));
    yield {diagonal, offDiagonal, basis};
    if (invariant) return;
  }
}

/** Takes from a vector what lies along each of some unit vectors, one after another: modified Gram–Schmidt. */
function removeSpanInto(vector: Float64Array, units: readonly Float64Array[]): void {
  let along = 0;
  for (let k = 0; k <= units.length; k++) {
    const [before, next] = [Math.max(0, k - 1), Math.min(k, units.length - 1)];
    along = removeInto(vector, along, at(units, before), at(units, next));
  }
}

// These loops touch most of the numbers that Lanczos does. An engine compiles loops well that it only ever sees at work on one
// type of array; those of other files see several.

/** vector −= along · unit. @returns what then lies along `next`, found in the same loop */
function removeInto(vector: Float64Array, along: number, unit: Float64Array, next: Float64Array): number {
  const length = vector.length;
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const rest = (vector[i] ?? 0) - along * (unit[i] ?? 0);
    vector[i] = rest;
    sum += (next[i] ?? 0) * rest;
  }
  return sum;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function quotient(vector: Float64Array, divisor: number): Float64Array {
  const out = new Float64Array(vector.length);
  for (let i = 0; i < out.length; i++) out[i] = (vector[i] ?? 0) / divisor;
  return out;
}

/** Eigenvalues and vectors of the tridiagonal matrix: Ritz values, and Ritz vectors in terms of the basis. */
export function ritz({diagonal, offDiagonal}: LanczosState): SymmetricEigen {
  return tridiagonalEigen(diagonal, offDiagonal.slice(0, -1));
}

/** Ritz vector `index` in the full space. */
export function ritzVector(state: LanczosState, {vectors}: SymmetricEigen, index: number): Float64Array {
  const steps = state.diagonal.length;
  const vector = new Float64Array(at(state.basis, 0).length);
  for (const [j, member] of state.basis.slice(0, steps).entries()) {
    addScaledInto(vector, at(vectors, j * steps + index), member);
  }
  return vector;
}
