import {expect, it} from 'vitest';
import {scipyFixture} from '../../test/scipy-fixture.ts';
import {symmetricEigen} from './symmetric-eigen.ts';

it('agrees with SciPy on dense matrices, repeated eigenvalues included, and its vectors diagonalise', () => {
  for (const {size: m, matrix, values} of scipyFixture.symmetric) {
    const found = symmetricEigen(matrix, m);
    const scale = Math.max(...values.map(Math.abs));
    values.forEach((value, k) =>
      expect(Math.abs((found.values[k] ?? 0) - value)).toBeLessThan(1e-12 * scale),
    );
    for (let i = 0; i < m; i++) {
      for (let k = 0; k < m; k++) {
        let product = 0;
        for (let j = 0; j < m; j++) product += (matrix[i * m + j] ?? 0) * (found.vectors[j * m + k] ?? 0);
        const expected = (found.values[k] ?? 0) * (found.vectors[i * m + k] ?? 0);
        expect(Math.abs(product - expected)).toBeLessThan(1e-12 * scale);
      }
    }
  }
});

it('takes entries of any size, to the last bit as those of size 1', () => {
  const matrix = [4, 1, 2, 1, 3, -1, 2, -1, 5];
  const plain = symmetricEigen(matrix, 3);
  for (const power of [-560, -1000, -400, 400, 560, 1000]) {
    const scaled = symmetricEigen(
      matrix.map((entry) => entry * 2 ** power),
      3,
    );
    expect(scaled.values).toEqual(plain.values.map((value) => value * 2 ** power));
    expect(scaled.vectors).toEqual(plain.vectors);
  }
  const small = symmetricEigen([1e-170, 1e-170, 0, 1e-170, -1e-170, 0, 0, 0, 1e-170], 3);
  [-Math.SQRT2, 1, Math.SQRT2].forEach((value, k) =>
    expect((small.values[k] ?? 0) / 1e-170).toBeCloseTo(value, 12),
  );
  // Large ones are not brought down where that would cost the small ones beside them.
  const graded = symmetricEigen([1e200, 0, 0, 0, 1, 0, 0, 0, 1e-200], 3);
  expect(Array.from(graded.values)).toEqual([1e-200, 1, 1e200]);
  expect(() => symmetricEigen(new Array(4).fill(1.5e308), 2)).toThrow(
    /entries whose sums are finite too, got Infinity/,
  );
  expect(() => symmetricEigen(new Array(9).fill(8e307), 3)).toThrow(/sums are finite too/);
  expect(() => symmetricEigen([1, Infinity, Infinity, 1], 2)).toThrow(/expected finite entries/);
});

it('takes a diagonal matrix, a single entry and none, and refuses what is not square', () => {
  expect(Array.from(symmetricEigen([3, 0, 0, 0, -1, 0, 0, 0, 2], 3).values)).toEqual([-1, 2, 3]);
  expect(Array.from(symmetricEigen([5], 1).values)).toEqual([5]);
  expect(symmetricEigen([], 0).values).toHaveLength(0);
  expect(() => symmetricEigen([1, 2, 3], 2)).toThrow(/2 × 2 entries, got 3/);
});
