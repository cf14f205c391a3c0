import {expect, it} from 'vitest';
import {geometricMean} from './geometric-mean.ts';

it('is the root of the product, also where that would overflow', () => {
  expect(geometricMean([2, 8])).toBeCloseTo(4, 12);
  expect(geometricMean(Float64Array.of(1e200, 1e220)) / 1e210).toBeCloseTo(1, 12);
  expect(geometricMean([1, Infinity])).toBe(Infinity);
  expect(geometricMean([])).toBeNaN();
});
