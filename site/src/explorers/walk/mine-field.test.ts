import {describe, expect, it} from 'vitest';
import type {ExplorerMines} from '../data/mines.ts';
import {isBad, pickFrom, sameDigits, searchFrom, shares} from './mine-field.ts';
import {distanceOf, lengthOf} from './lengths.ts';

const mines = {
  path: {step: [40, 80, 120], x: [0, 1, 2], y: [0, 0, 0]},
  minima: {
    start: [120, 80],
    trainAccuracy: [1, 0.98],
    testAccuracy: [0.5, 0.5],
    distance: [6, 4],
    x: [2, 1],
    y: [5, -5],
  },
} as unknown as ExplorerMines;

describe('the minefield', () => {
  it('calls a minimum bad that fits and fails elsewhere', () => {
    expect(isBad(0.99, 0.52)).toBe(true);
    expect(isBad(0.98, 0.1)).toBe(false);
    expect(isBad(1, 0.53)).toBe(false);
  });

  it('finds the search of a step', () => {
    expect(searchFrom(mines, 80)).toBe(1);
    expect(searchFrom(mines, 40)).toBeUndefined();
    expect(searchFrom(mines, undefined)).toBeUndefined();
  });

  it('takes a touch of a minimum for where it was sought from', () => {
    expect(pickFrom(mines, 0.9, 0.4)).toBe(1);
    expect(pickFrom(mines, 1.4, 4)).toBe(2);
    expect(pickFrom(mines, 1.4, -4)).toBe(1);
  });

  it('gives distances in lengths of the weights, where those are known', () => {
    expect(shares(mines, [2, undefined, 3])).toEqual([{step: 120, share: 2, bad: true}]);
    expect(shares(mines, [2, 8, 3]).map(({share, bad}) => [share, bad])).toEqual([
      [2, true],
      [0.5, false],
    ]);
  });

  it('compares as many digits as records have', () => {
    expect(sameDigits(0.6219345, 0.62193450001)).toBe(true);
    expect(sameDigits(0.6219345, 0.6219346)).toBe(false);
  });
});

describe('lengths', () => {
  it('are Euclidean', () => {
    expect(lengthOf([3, 4])).toBe(5);
    expect(distanceOf([1, 2, 2], [0, 0, 0])).toBe(3);
  });
});
