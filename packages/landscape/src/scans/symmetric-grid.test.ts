import {describe, expect, it} from 'vitest';
import {symmetricGrid, symmetricLogarithmicGrid} from './symmetric-grid.ts';

describe('grids around an anchor', () => {
  it('are even, with the anchor exactly at 0', () => {
    expect(symmetricGrid(2, 5)).toEqual([-2, -1, 0, 1, 2]);
    expect(symmetricGrid(0.3, 3)[1]).toBe(0);
  });

  it('are refused where there is no distance or but one point', () => {
    for (const maximum of [Number.NaN, Infinity, -1, 0]) {
      expect(() => symmetricGrid(maximum, 3)).toThrow(`expected a finite maximum > 0, got ${maximum}`);
    }
    for (const count of [1, 0, 2.5, Number.NaN]) {
      expect(() => symmetricGrid(2, count)).toThrow(`expected a count >= 2, got ${count}`);
    }
  });

  it('grow by one factor on either side where they are logarithmic', () => {
    const grid = symmetricLogarithmicGrid(1e-4, 0.1, 9);
    expect(grid.map((value) => Number(value.toPrecision(12)))).toEqual([
      -0.1, -0.01, -0.001, -1e-4, 0, 1e-4, 0.001, 0.01, 0.1,
    ]);
    expect(symmetricLogarithmicGrid(0.5, 2, 3)).toEqual([-2, 0, 2]);
    expect(() => symmetricLogarithmicGrid(2, 2, 5)).toThrow(
      /expected distances 0 < smallest < maximum, got 2 and 2/,
    );
    expect(() => symmetricLogarithmicGrid(1, 2, 4)).toThrow(/expected an odd count >= 3, got 4/);
  });
});
