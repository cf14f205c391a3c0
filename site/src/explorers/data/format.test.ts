import {expect, it} from 'vitest';
import {percentage, shortNumber, wholeNumber} from './format.ts';

it('writes three digits, and powers of ten beyond', () => {
  expect([0, 0.0339123, 12.345, -2, 0.00022345, 123_456].map(shortNumber)).toEqual([
    '0',
    '0.0339',
    '12.3',
    '−2',
    '2.2e−4',
    '1.2e5',
  ]);
  expect(shortNumber(Number.NaN)).toBe('–');
});

it('writes shares and counts', () => {
  expect(percentage(0.9924)).toBe('99.2%');
  expect(wholeNumber(20_000)).toBe('20,000');
});
