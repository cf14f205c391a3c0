import {expect, it} from 'vitest';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {basinRadii} from '../basins/basin-radii.ts';
import {raysAlong} from './rays-along.ts';

const directions = [Float32Array.of(2, 0, 0), Float32Array.of(0, 1, 1)];

it('goes along each direction and against it, which a bowl off its centre tells apart', async () => {
  const rays = raysAlong(directions);
  expect(rays).toMatchObject({parameters: 3, dimension: 3, logDeterminant: 0});
  const anchor = Float32Array.of(0.25, 0, 0);
  const {
    cutoffs: [measured],
  } = await basinRadii(quadraticBowl([2, 8, 1]), anchor, rays, {
    cutoffs: [{kind: 'loss', value: 1}],
    directions: 4,
    maximum: 10,
    tolerance: 1e-6,
  });
  // (1/4 + 2t)² = 1 in one direction, and 4t² + t²/2 + 1/16 = 1 in the other.
  const aside = Math.sqrt(15 / 16 / 4.5);
  [0.375, 0.625, aside, aside].forEach((radius, i) => expect(measured?.radii[i]).toBeCloseTo(radius, 5));
});

it('moves only what its directions move', () => {
  expect(raysAlong([directions[0] ?? []]).dimension).toBe(1);
});

it('refuses no direction, several lengths, and rays beyond two a direction', () => {
  expect(() => raysAlong([])).toThrow('landscape.raysAlong: expected directions of one number at least');
  expect(() => raysAlong([[1], [1, 2]])).toThrow(/raysAlong: expected a direction of 1 numbers?, got 2/);
  expect(() => raysAlong(directions).fillInto(new Float32Array(3), 4)).toThrow(
    /expected a ray below 4, got 4/,
  );
});
