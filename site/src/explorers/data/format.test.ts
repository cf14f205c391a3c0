import {expect, it} from 'vitest';
import {percentage, shortNumber} from './format.ts';

it('writes three digits, and powers of ten beyond', () => {
  expect([0, 0.0339123, 12.345, -2, 0.00022345, 123_456].map((value) => shortNumber(value))).toEqual([
    '0',
    '0.0339',
    '12.3',
    '−2',
    '2.23e−4',
    '1.23e5',
  ]);
  expect(shortNumber(Number.NaN)).toBe('–');
  expect(shortNumber(Number.POSITIVE_INFINITY)).toBe('beyond float32');
  expect(shortNumber(7.63612e-14, 4)).toBe('7.636e−14');
});

it('writes shares and counts', () => {
  expect(percentage(0.9924)).toBe('99.2%');
});
