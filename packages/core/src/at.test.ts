import {expect, it} from 'vitest';
import {at} from './at.ts';
import {InternalError} from './internal-error.ts';

it('gives what is there, from either end, and takes what is not for a bug', () => {
  expect(at([1, 2, 3], 1)).toBe(2);
  expect(at(Float32Array.of(1, 2, 3), -1)).toBe(3);
  for (const index of [3, -4, 0.5, Number.NaN]) {
    expect(() => at([1, 2, 3], index)).toThrow(InternalError);
  }
});
