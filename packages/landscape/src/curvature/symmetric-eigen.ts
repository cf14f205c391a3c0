import {InputError} from '@minefield/core';
import {dot, norm} from '../directions/vectors.ts';
import {tridiagonalEigen, type SymmetricEigen} from './tridiagonal-eigen.ts';

/** Where no entry is as large as this, squares of all that count may underflow. */
const SMALL = 2 ** -500;
/** Brings numbers whose squares overflow to where they do not. */
const DOWN = 2 ** -600;

/**
 * Eigen-decomposition of a dense symmetric matrix: Householder reflections to tridiagonal form, then
 * {@link tridiagonalEigen}. O(m³).
 *
 * @param matrix `[m, m]`, row-major; only its symmetric part counts
 * @throws {InputError} when sizes disagree, an entry is not finite, or sums of entries overflow
 * Source: Golub & Van Loan, Matrix Computations, section 8.3.1.
 */
export function symmetricEigen(matrix: ArrayLike<number>, m: number): SymmetricEigen {
  if (matrix.length !== m * m) {
    throw new InputError(`landscape.symmetricEigen: expected ${m} × ${m} entries, got ${matrix.length}`);
  }
  const a = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) a[i * m + j] = ((matrix[i * m + j] ?? 0) + (matrix[j * m + i] ?? 0)) / 2;
  }
  const scale = scaleOf(a);
  if (scale !== 1) for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) * scale;
  const row = (i: number): Float64Array => a.subarray(i * m, (i + 1) * m);
  const reflections: Float64Array[] = [];
  for (let k = 0; k + 2 < m; k++) {
    // v reflects what is left of column k below the diagonal onto the entry next to it.
    const v = row(k).slice();
    v.fill(0, 0, k + 1);
    const length = lengthOf(v);
    v[k + 1] = (v[k + 1] ?? 0) + ((v[k + 1] ?? 0) < 0 ? -length : length);
    const size = lengthOf(v);
    if (size === 0) continue;
    for (let i = 0; i < m; i++) v[i] = (v[i] ?? 0) / size;
    reflections.push(v);
    // A ← (1 − 2vvᵀ) A (1 − 2vvᵀ) = A − 2(v wᵀ + w vᵀ), w = Av − (vᵀAv) v.
    const w = v.map((_, i) => dot(row(i), v));
    const along = dot(v, w);
    for (let i = 0; i < m; i++) w[i] = (w[i] ?? 0) - along * (v[i] ?? 0);
    for (let i = 0; i < m; i++) {
      const [vi, wi, target] = [v[i] ?? 0, w[i] ?? 0, row(i)];
      if (vi === 0 && wi === 0) continue;
      for (let j = 0; j < m; j++) target[j] = (target[j] ?? 0) - 2 * (vi * (w[j] ?? 0) + wi * (v[j] ?? 0));
    }
  }
  const diagonal = Array.from({length: m}, (_, i) => a[i * m + i] ?? 0);
  const offDiagonal = Array.from({length: Math.max(0, m - 1)}, (_, i) => a[i * m + i + 1] ?? 0);
  // Neighbours whose sum overflows would be taken for far apart.
  checkFinite(diagonal.map((entry, i) => Math.abs(entry) + Math.abs(diagonal[i + 1] ?? 0)));
  checkFinite(offDiagonal);
  const {values, vectors} = tridiagonalEigen(diagonal, offDiagonal);
  for (const v of reflections.toReversed()) {
    const along = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      const vi = v[i] ?? 0;
      if (vi === 0) continue;
      for (let j = 0; j < m; j++) along[j] = (along[j] ?? 0) + vi * (vectors[i * m + j] ?? 0);
    }
    for (let i = 0; i < m; i++) {
      const vi = v[i] ?? 0;
      if (vi === 0) continue;
      for (let j = 0; j < m; j++) vectors[i * m + j] = (vectors[i * m + j] ?? 0) - 2 * vi * (along[j] ?? 0);
    }
  }
  if (scale !== 1) for (let k = 0; k < m; k++) values[k] = (values[k] ?? 0) / scale;
  checkFinite(values);
  return {values, vectors};
}

/** @throws {InputError} at the first that overflowed, or was given as it is */
function checkFinite(numbers: ArrayLike<number>): void {
  const wrong = Array.from(numbers).find((number) => !Number.isFinite(number));
  if (wrong !== undefined) {
    throw new InputError(
      `landscape.symmetricEigen: expected finite entries whose sums are finite too, got ${wrong}; scale the matrix`,
    );
  }
}

/** The Euclidean length, where squares overflow too. */
function lengthOf(v: Float64Array): number {
  const length = norm(v);
  if (length < Infinity || !v.every(Number.isFinite)) return length;
  return norm(v.map((entry) => entry * DOWN)) / DOWN;
}

/** What small entries are raised by: a power of two, so that no digit is lost. 1 where one of them is large enough. */
function scaleOf(entries: Float64Array): number {
  const largest = entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  return largest > 0 && largest < SMALL ? 2 ** Math.min(1000, -Math.floor(Math.log2(largest))) : 1;
}
