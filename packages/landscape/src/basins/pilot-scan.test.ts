import {createGenerator} from '@minefield/core';
import {expect, it} from 'vitest';
import {onTheLine, origin} from '../../test/on-the-line.ts';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {rawCoordinates} from '../directions/coordinates.ts';
import {sphericalRays} from '../directions/rays.ts';
import {basinRadii} from './basin-radii.ts';
import {pilotScan} from './pilot-scan.ts';
import {scanDistances} from './scan-distances.ts';

it('warms the scan up with a few rays of the family, and gives all rays the same radii for fewer evaluations', async () => {
  const bowl = quadraticBowl([1, 4, 9, 16, 0.25]);
  const family = sphericalRays(rawCoordinates(5), {generator: createGenerator(1)});
  const options = {cutoffs: [{kind: 'loss', value: 0.5}], maximum: 20, directions: 200} as const;
  const scan = await pilotScan(bowl, bowl.minimum, family, options);
  expect(scan.at(-1)).toBe(20);
  const cold = await basinRadii(bowl, bowl.minimum, family, options);
  const warm = await basinRadii(bowl, bowl.minimum, family, {...options, scan});
  expect(warm.evaluations).toBeLessThan(0.75 * cold.evaluations);
  warm.cutoffs[0]?.radii.forEach((radius, i) => {
    expect(Math.abs(radius / (cold.cutoffs[0]?.radii[i] ?? 0) - 1)).toBeLessThan(1e-3);
  });
});

it('is the cold scan where no pilot crosses, or no cutoff applies', async () => {
  const {objective, rays} = onTheLine(() => 0.5);
  const settings = {
    cutoffs: [{kind: 'loss', value: 1}],
    maximum: 10,
    directions: 2,
    tolerance: 1e-6,
  } as const;
  expect(await pilotScan(objective, origin, rays, settings)).toEqual(scanDistances({maximum: 10}));
  const inapplicable = {...settings, cutoffs: [{kind: 'loss', value: 0.1}]} as const;
  expect(await pilotScan(objective, origin, rays, inapplicable)).toEqual(scanDistances({maximum: 10}));
});
