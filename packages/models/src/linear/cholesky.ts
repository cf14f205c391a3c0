import {InputError, at} from '@minefield/core';

/** Rows between two looks at whether the work is still wanted. */
const ROWS = 64;

/**
 * The factor L of A = L Lᵀ, in place of A's lower triangle.
 *
 * @param matrix A, symmetric and positive definite, `[n, n]`; only its lower triangle is read, and overwritten
 * @param pause called now and then
 * @throws {InputError} where A is not positive definite
 */
export async function choleskyInto(
  matrix: Float64Array,
  size: number,
  pause: () => Promise<void>,
): Promise<void> {
  for (let i = 0; i < size; i++) {
    if (i % ROWS === 0) await pause();
    for (let j = 0; j < i; j++) {
      const sum = at(matrix, i * size + j) - dot(matrix, i * size, j * size, j);
      matrix[i * size + j] = sum / at(matrix, j * size + j);
    }
    const square = at(matrix, i * size + i) - dot(matrix, i * size, i * size, i);
    if (!(square > 0)) {
      throw new InputError(
        `models.fitLinearClassifier: expected a positive definite system, got a pivot of ${square}; take a larger ridge`,
      );
    }
    matrix[i * size + i] = Math.sqrt(square);
  }
}

/** Solves L Lᵀ x = b for each column of b, `[n, columns]`, in place. */
export function solveInto(factor: Float64Array, size: number, columns: number, right: Float64Array): void {
  const subtract = (times: number, from: number, row: number): void => {
    for (let c = 0; c < columns; c++) {
      right[from * columns + c] = at(right, from * columns + c) - times * at(right, row * columns + c);
    }
  };
  const divide = (row: number): void => {
    const by = at(factor, row * size + row);
    for (let c = 0; c < columns; c++) right[row * columns + c] = at(right, row * columns + c) / by;
  };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) subtract(at(factor, i * size + j), i, j);
    divide(i);
  }
  for (let i = size - 1; i >= 0; i--) {
    divide(i);
    for (let j = 0; j < i; j++) subtract(at(factor, i * size + j), j, i);
  }
}

/** Of two stretches of one array; four sums side by side, for one alone would wait for itself. */
function dot(values: Float64Array, a: number, b: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += (values[a + k] as number) * (values[b + k] as number);
    s1 += (values[a + k + 1] as number) * (values[b + k + 1] as number);
    s2 += (values[a + k + 2] as number) * (values[b + k + 2] as number);
    s3 += (values[a + k + 3] as number) * (values[b + k + 3] as number);
  }
  for (; k < length; k++) s0 += (values[a + k] as number) * (values[b + k] as number);
  return s0 + s1 + (s2 + s3);
}
