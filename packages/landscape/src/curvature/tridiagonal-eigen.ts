import {InputError} from '@minefield/core';
/** Eigenvalues in rising order, and the eigenvectors as columns of an orthogonal matrix. */
export interface SymmetricEigen {
  /** `[m]`. */
  readonly values: Float64Array;
  /** `[m, m]`, row-major; column k belongs to value k. */
  readonly vectors: Float64Array;
}

/** Shifts for one eigenvalue; three or so are usual, and LAPACK gives up after 30. */
const MOST_SHIFTS = 60;

/** Couplings below the smallest normal number count as none: arithmetic with them has too few digits to shrink them. */
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * Eigen-decomposition of a symmetric tridiagonal matrix by the QL method with implicit shifts.
 *
 * @param diagonal `[m]`
 * @param offDiagonal `[m − 1]`
 * @throws {InputError} when sizes disagree or an entry is not finite
 * @throws {Error} when it does not converge, as may be where entries lie more than 308 decades apart
 * Source: EISPACK tql2; Golub & Van Loan, Matrix Computations, section 8.3.
 */
export function tridiagonalEigen(
  diagonal: ArrayLike<number>,
  offDiagonal: ArrayLike<number>,
): SymmetricEigen {
  const m = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = new Float64Array(m);
  for (let i = 0; i < m - 1; i++) e[i] = offDiagonal[i] ?? Number.NaN;
  if (offDiagonal.length !== Math.max(0, m - 1) || !d.every(Number.isFinite) || !e.every(Number.isFinite)) {
    throw new InputError(
      `landscape.tridiagonalEigen: expected finite entries, one fewer off the diagonal, got ${m} and ${offDiagonal.length}`,
    );
  }
  // Rows of z are the eigenvectors, so that a rotation touches two contiguous rows.
  const z = new Float64Array(m * m);
  for (let i = 0; i < m; i++) z[i * m + i] = 1;
  const at = (array: Float64Array, i: number): number => array[i] ?? Number.NaN;

  for (let l = 0; l < m; l++) {
    for (let shifts = 0; ; shifts++) {
      let split = l;
      while (split < m - 1) {
        const size = Math.abs(at(d, split)) + Math.abs(at(d, split + 1));
        const coupling = Math.abs(at(e, split));
        if (coupling <= Number.EPSILON * size || coupling < SMALLEST_NORMAL) break;
        split += 1;
      }
      if (split === l) break;
      if (shifts === MOST_SHIFTS) {
        throw new Error(
          `landscape.tridiagonalEigen: expected eigenvalue ${l} to converge, got none after ${shifts} shifts; scale the matrix`,
        );
      }
      // Wilkinson's shift.
      let g = (at(d, l + 1) - at(d, l)) / (2 * at(e, l));
      let r = Math.hypot(g, 1);
      g = at(d, split) - at(d, l) + at(e, l) / (g + (g < 0 ? -r : r));
      let [sine, cosine, p] = [1, 1, 0];
      let i = split - 1;
      for (; i >= l; i--) {
        const f = sine * at(e, i);
        const b = cosine * at(e, i);
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] = at(d, i + 1) - p;
          e[split] = 0;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = at(d, i + 1) - p;
        r = (at(d, i) - g) * sine + 2 * cosine * b;
        p = sine * r;
        d[i + 1] = g + p;
        g = cosine * r - b;
        rotateRows(z, m, i, cosine, sine);
      }
      if (r === 0 && i >= l) continue;
      d[l] = at(d, l) - p;
      e[l] = g;
      e[split] = 0;
    }
  }

  const order = Array.from({length: m}, (_, i) => i).toSorted((a, b) => at(d, a) - at(d, b));
  const vectors = new Float64Array(m * m);
  order.forEach((row, column) => {
    for (let i = 0; i < m; i++) vectors[i * m + column] = at(z, row * m + i);
  });
  return {values: Float64Array.from(order, (row) => at(d, row)), vectors};
}

/** Rotates rows i and i + 1 into one another. */
function rotateRows(z: Float64Array, m: number, i: number, cosine: number, sine: number): void {
  for (let k = 0; k < m; k++) {
    const upper = z[i * m + k] ?? 0;
    const lower = z[(i + 1) * m + k] ?? 0;
    z[(i + 1) * m + k] = sine * upper + cosine * lower;
    z[i * m + k] = cosine * upper - sine * lower;
  }
}
