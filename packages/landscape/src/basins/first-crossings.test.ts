import {expect, it} from 'vitest';
import {firstCrossings} from './first-crossings.ts';

it('narrows each crossing between the scan points around it, whatever hides farther in', () => {
  // A spike at 0.5 that the scan steps over, and the crossing at 2.05.
  const f = (x: number): number => (Math.abs(x - 0.5) < 0.01 ? 9 : x < 2.05 ? 0.2 : 3);
  const search = firstCrossings({ray: 0, thresholds: [1], anchorLoss: 0, scan: [1, 2, 3], tolerance: 1e-4});
  const asked: number[] = [];
  let step = search.next();
  while (!step.done) {
    asked.push(step.value.distance);
    step = search.next(f(step.value.distance));
  }
  expect(asked.slice(0, 3)).toEqual([1, 2, 3]);
  expect(asked.slice(3).every((distance) => distance > 2 && distance < 3)).toBe(true);
  expect(step.value.radii[0]).toBeCloseTo(2.05, 3);
  expect(step.value.width).toBeLessThanOrEqual(1e-4);
});
