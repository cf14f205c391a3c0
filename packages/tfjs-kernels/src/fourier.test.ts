import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {randomValues} from '../test/backends.ts';
import {fourierTransform} from './fourier.ts';

/** X_k = Σ_j x_j exp(−2πi jk/n), term by term. */
function byDefinition(re: Float64Array, im: Float64Array): {re: Float64Array; im: Float64Array} {
  const n = re.length;
  const sums = {re: new Float64Array(n), im: new Float64Array(n)};
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n;
      const [x, y, c, s] = [re[j] ?? 0, im[j] ?? 0, Math.cos(angle), Math.sin(angle)];
      sums.re[k] = (sums.re[k] ?? 0) + x * c - y * s;
      sums.im[k] = (sums.im[k] ?? 0) + x * s + y * c;
    }
  }
  return sums;
}

const sequence = (n: number, seed: number): Float64Array => Float64Array.from(randomValues(n, seed));

it('is the sum that defines it, for any length', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 300}), fc.integer({min: 0, max: 1e6}), (n, seed) => {
      const [re, im] = [sequence(n, seed), sequence(n, seed + 1)];
      const expected = byDefinition(re, im);
      fourierTransform(n)(re, im);
      re.forEach((value, k) => expect(value).toBeCloseTo(expected.re[k] ?? Number.NaN, 11));
      im.forEach((value, k) => expect(value).toBeCloseTo(expected.im[k] ?? Number.NaN, 11));
    }),
  );
});

it.each([1024, 1000, 1009, 4410])('comes back over exchanged parts, of %i numbers', (n) => {
  const [re, im] = [sequence(n, 1), sequence(n, 2)];
  const transform = fourierTransform(n);
  transform(re, im);
  transform(im, re);
  const back = sequence(n, 1);
  const worst = re.reduce(
    (error, value, k) => Math.max(error, Math.abs(value / n - (back[k] ?? Number.NaN))),
    0,
  );
  expect(worst).toBeLessThan(1e-13);
});
