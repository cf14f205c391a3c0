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

it('takes a diagonal matrix, a single entry and none, and refuses what is not square', () => {
  expect(Array.from(symmetricEigen([3, 0, 0, 0, -1, 0, 0, 0, 2], 3).values)).toEqual([-1, 2, 3]);
  expect(Array.from(symmetricEigen([5], 1).values)).toEqual([5]);
  expect(symmetricEigen([], 0).values).toHaveLength(0);
  expect(() => symmetricEigen([1, 2, 3], 2)).toThrow(/2 × 2 entries, got 3/);
});
