import {median} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import cases from '../test/fixtures/spearman.json' with {type: 'json'};
import {ranks, spearman} from './statistics.ts';

describe('spearman', () => {
  it.each(cases)('agrees with SciPy on $rho, ties included', ({x, y, ranks: expected, rho}) => {
    expect(ranks(x)).toEqual(expected);
    expect(spearman(x, y)).toBeCloseTo(rho, 12);
  });

  it('is null where one side is constant, for there is nothing to rank', () => {
    expect(spearman([1, 2, 3], [4, 4, 4])).toBeNull();
  });

  it('ranks infinities as the extremes that they are', () => {
    expect(spearman([1, 2, 3, 4], [-Infinity, 0, 5, Infinity])).toBeCloseTo(1, 12);
  });

  it('refuses lists of different lengths', () => {
    expect(() => spearman([1, 2], [1])).toThrow('expected two lists of equally many numbers, got 2 and 1');
  });
});

describe('median', () => {
  it('is the middle of three and the mean of the middle two of four, whatever their order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('leaves its input as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('stays infinite where both middle values are', () => {
    expect(median([-Infinity, -Infinity, 1])).toBe(-Infinity);
    expect(median([-Infinity, -Infinity, -Infinity, 1])).toBe(-Infinity);
  });
});
