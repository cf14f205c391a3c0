import {describe, expect, it} from 'vitest';
import {drawThrough} from './draw-through.ts';

const xs = [1, 2, 3, 4, 5];
const nothing = [null, null, null, null, null];

describe('drawThrough', () => {
  it('sets the nearest place', () => {
    expect(drawThrough(xs, nothing, null, 2.4, 7)).toEqual({values: [null, 7, null, null, null], index: 1});
  });

  it('fills what a fast hand skipped, whichever way it goes', () => {
    const start = drawThrough(xs, nothing, null, 1, 10);
    expect(drawThrough(xs, start.values, start.index, 5, 2).values).toEqual([10, 8, 6, 4, 2]);
    const end = drawThrough(xs, nothing, null, 5, 2);
    expect(drawThrough(xs, end.values, end.index, 3, 4).values).toEqual([null, null, 4, 3, 2]);
  });

  it('measures nearness as the axis is drawn', () => {
    expect(drawThrough([1, 100], [null, null], null, 20, 5, 'log').index).toBe(1);
    expect(drawThrough([1, 100], [null, null], null, 20, 5).index).toBe(0);
  });
});
