import {describe, expect, it} from 'vitest';
import {scipyFixture} from '../../test/scipy-fixture.ts';
import {tridiagonalEigen} from './tridiagonal-eigen.ts';

describe('tridiagonalEigen', () => {
  it('agrees with SciPy: random, Wilkinson’s close pairs, graded over sixteen decades, diagonal', () => {
    for (const {diagonal, offDiagonal, values} of scipyFixture.tridiagonal) {
      const found = tridiagonalEigen(diagonal, offDiagonal);
      const size = Math.max(...values.map(Math.abs));
      values.forEach((value, i) =>
        expect(Math.abs((found.values[i] ?? 0) - value)).toBeLessThan(1e-13 * size),
      );
    }
  });

  it('gives the first and last components of the vectors as SciPy does', () => {
    for (const {diagonal, offDiagonal, firstSquared, lastSquared} of scipyFixture.tridiagonal.slice(0, 1)) {
      const m = diagonal.length;
      const {vectors} = tridiagonalEigen(diagonal, offDiagonal);
      firstSquared.forEach((square, k) => expect((vectors[k] ?? 0) ** 2).toBeCloseTo(square, 12));
      lastSquared.forEach((square, k) =>
        expect((vectors[(m - 1) * m + k] ?? 0) ** 2).toBeCloseTo(square, 12),
      );
    }
  });

  it('gives orthonormal vectors that rebuild the matrix', () => {
    for (const {diagonal, offDiagonal} of scipyFixture.tridiagonal) {
      const m = diagonal.length;
      const {values, vectors} = tridiagonalEigen(diagonal, offDiagonal);
      const size = Math.max(...values.map(Math.abs));
      for (let i = 0; i < m; i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          let entry = 0;
          for (let k = 0; k < m; k++) {
            const both = (vectors[i * m + k] ?? 0) * (vectors[j * m + k] ?? 0);
            product += both;
            entry += both * (values[k] ?? 0);
          }
          const expected = i === j ? diagonal[i] : i === j + 1 ? offDiagonal[j] : 0;
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-13);
          expect(Math.abs(entry - (expected ?? 0))).toBeLessThan(1e-13 * size);
        }
      }
    }
  });

  it('takes couplings below the smallest normal number for none, and gives up where it cannot converge', () => {
    expect(tridiagonalEigen([0, 0, 0], [1e-310, 1e-310]).values).toEqual(new Float64Array(3));
    const {values} = tridiagonalEigen([0, 0, 0], [1e-300, 1e-300]);
    expect((values[2] ?? 0) / Math.SQRT2 / 1e-300).toBeCloseTo(1, 12);
    expect(() => tridiagonalEigen([1, 0, 0], [1e300, 1e-60])).toThrow(/to converge/);
  });

  it('refuses sizes that disagree and entries that are not finite', () => {
    expect(() => tridiagonalEigen([1, 2], [1, 1])).toThrow(RangeError);
    expect(() => tridiagonalEigen([1, Number.NaN], [1])).toThrow(/finite/);
    expect(tridiagonalEigen([4], []).values).toEqual(Float64Array.of(4));
  });
});
