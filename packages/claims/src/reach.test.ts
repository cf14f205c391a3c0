import {expect, it} from 'vitest';
import {exactly, unknown} from './bracket.ts';
import type {Level} from './level.ts';
import {reachOf} from './reach.ts';

const level = (median: number, bySeed: readonly number[] = [median]): Level => ({
  poisonFactor: 0,
  bySeed: bySeed.map((value) => exactly(value)),
  median: exactly(median),
  missing: 0,
  records: [],
});
const levels = (...medians: number[]): Level[] => medians.map((median) => level(median));

it('looks at the last levels alone', () => {
  const xs = levels(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  const ys = levels(10, 9, 1, 2, 3, 4, 5, 6, 7, 8);
  expect(reachOf(xs, ys, xs).last).toEqual(exactly(1));
  expect(reachOf(xs.slice(2), ys.slice(2), xs.slice(2)).last).toBeNull();
});

it('means the correlations over seeds within each level, whatever the levels do', () => {
  const xs = [level(0, [1, 2, 3]), level(10, [1, 2, 3])];
  const ys = [level(0, [30, 20, 10]), level(10, [10, 30, 20])];
  expect(reachOf(xs, ys, xs).within).toEqual(exactly((-1 + 0.5) / 2));
  const unknownSeeds = {...level(0), bySeed: [unknown, exactly(1), exactly(2)]};
  expect(reachOf([unknownSeeds], [level(0, [1, 2, 3])], levels(1)).within).toBeNull();
});

it('takes away what both owe to a third', () => {
  // By hand: rho_xy = 0.9, rho_xz = 0.6, rho_yz = 0.8.
  const xs = levels(1, 2, 3, 4, 5);
  const ys = levels(1, 2, 3, 5, 4);
  const zs = levels(2, 1, 4, 5, 3);
  const xz = 1 - (6 * (1 + 1 + 1 + 1 + 4)) / 120;
  const yz = 1 - (6 * (1 + 1 + 1 + 0 + 1)) / 120;
  const expected = (0.9 - xz * yz) / Math.sqrt((1 - xz ** 2) * (1 - yz ** 2));
  expect(reachOf(xs, ys, zs).given?.low).toBeCloseTo(expected, 12);
  expect(reachOf(xs, ys, xs).given).toBeNull();
});
