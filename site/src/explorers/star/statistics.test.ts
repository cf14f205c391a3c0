import {estimateVolume} from '@minefield/landscape';
import {expect, it} from 'vitest';
import {angleOf, decades, growthOf, histogramOf} from './statistics.ts';

const rays = {dimension: 3457, maximum: 40, tolerance: 2.8e-5, undefinedRays: 0};

it('grows as the estimate of landscape says at every number of rays', () => {
  const radii = Float64Array.from({length: 40}, (_, i) => 0.1 * (1 + ((i * 7919) % 37) / 37));
  radii[11] = Infinity;
  const growth = growthOf({...rays, radii});
  for (const count of [1, 2, 11, 12, 40]) {
    const {relative} = estimateVolume(radii.subarray(0, count), {dimension: 3457, maximum: 40});
    expect(growth[count - 1]).toBeCloseTo(decades(relative.logVolume ?? Number.NaN), 6);
  }
});

it('counts every radius once, those outside at the ends', () => {
  const bins = histogramOf([0.001, 0.02, 0.2, 2, 2, Infinity], [0.01, 10], 3);
  expect(bins.map(({share}) => Math.round(6 * share))).toEqual([2, 1, 3]);
  expect(bins[1]?.from).toBeCloseTo(0.1);
});

it('stands rays about evenly around the star, however many', () => {
  for (const count of [8, 64, 500]) {
    const angles = Array.from({length: count}, (_, i) => angleOf(i) % (2 * Math.PI)).toSorted(
      (a, b) => a - b,
    );
    const gaps = angles.map((angle, i) => (angles[i + 1] ?? (angles[0] ?? 0) + 2 * Math.PI) - angle);
    expect((Math.max(...gaps) * count) / (2 * Math.PI)).toBeLessThan(2.1);
  }
});
