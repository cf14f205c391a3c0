import {expect, it} from 'vitest';
import {REACH, STEPS, distanceAt, measuredDistances, onAxis} from './places.ts';

it.each(['log', 'linear'] as const)('goes from the minimum itself to the end of the %s scale', (scale) => {
  expect(distanceAt(0, scale)).toBe(0);
  expect(distanceAt(STEPS, scale)).toBeCloseTo(REACH[scale][1], 9);
  const distances = measuredDistances(scale);
  expect(distances).toHaveLength(61);
  expect([...distances]).toEqual(distances.toSorted((a, b) => a - b));
});

it('puts the minimum at the edge of a logarithmic axis', () => {
  expect(onAxis(0, 'log')).toBe(REACH.log[0]);
  expect(onAxis(0, 'linear')).toBe(0);
});
