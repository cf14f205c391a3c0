import {expect, it} from 'vitest';
import {decades, inUnits} from './units.ts';

it('speaks of volumes in powers of ten', () => {
  expect(decades(Math.LN10 * 7)).toBeCloseTo(7);
});

it('says the reason for a verdict in the same units', () => {
  expect(
    inUnits(
      'one direction carries 1.0e+2% of the estimate; doubling moved it by 5.5e+3 nats, tolerance 0.61 nats',
    ),
  ).toBe(
    'one direction carries 100% of the estimate; doubling moved it by 2,389 powers of ten, tolerance 0.265 powers of ten',
  );
});
