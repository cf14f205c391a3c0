import {expect, it} from 'vitest';
import {exactly, unknown} from './bracket.ts';
import {rankCorrelation} from './rank-correlation.ts';
import {spearman} from './statistics.ts';

const rising = [1, 2, 3, 4, 5];

it('is Spearman’s ρ where every number is known', () => {
  const falling = [9, 7, 8, 3, 1];
  const rho = spearman(rising, falling) ?? Number.NaN;
  expect(rankCorrelation(rising.map(exactly), falling.map(exactly))).toEqual({low: rho, high: rho});
});

it('is not had of two pairs, which have one of 1 or −1 whatever they are', () => {
  expect(rankCorrelation([1, 2].map(exactly), [5, 3].map(exactly))).toBeNull();
});

it('spans what a number that is not known could make of it', () => {
  const xs = rising.map(exactly);
  const ys = [exactly(5), unknown, exactly(3), exactly(2), exactly(1)];
  const tried = [6, 5, 4.5, 4, 3, 2.5, 2, 1.5, 1, 0].map((y) => spearman(rising, [5, y, 3, 2, 1]) ?? 0);
  expect(rankCorrelation(xs, ys)).toEqual({low: Math.min(...tried), high: Math.max(...tried)});
  // Within a bracket between its neighbours it changes nothing.
  const narrow = [exactly(5), {low: 3.1, high: 4.9}, exactly(3), exactly(2), exactly(1)];
  expect(rankCorrelation(xs, narrow)).toEqual({low: -1, high: -1});
});

it('finds both orders of two numbers in one gap, and gives up on three', () => {
  const xs = rising.map(exactly);
  const gap = {low: 3.5, high: 4.5};
  const range = rankCorrelation(xs, [exactly(5), gap, gap, exactly(2), exactly(1)]);
  expect(range).toEqual({low: -1, high: spearman(rising, [5, 3.6, 4.4, 2, 1])});
  expect(rankCorrelation(xs, [exactly(5), unknown, unknown, unknown, exactly(1)])).toBeNull();
  expect(rankCorrelation(xs, [exactly(1), exactly(1), exactly(1), exactly(1), {low: 0, high: 2}])).toBeNull();
});
