import {describe, expect, it} from 'vitest';
import type {Quantity} from '../data/quantities.ts';
import {axisScale} from './axis-scale.ts';

const quantity = (part: Partial<Quantity>): Quantity => ({
  key: 'x',
  label: 'x',
  group: '',
  kind: 'number',
  scale: 'log',
  unit: '',
  ...part,
});

describe('axisScale', () => {
  it('finds the number at a place again', () => {
    for (const log of [false, true]) {
      const scale = axisScale([0.001, 0.5, 2000], quantity({}), log, [50, 600]);
      for (const value of [0.001, 0.3, 2000]) expect(scale.invert(scale.place(value))).toBeCloseTo(value, 6);
      expect(scale.place(0.001)).toBeGreaterThanOrEqual(50);
      expect(scale.place(2000)).toBeLessThanOrEqual(600);
    }
  });

  it('keeps a place for zero on a logarithmic axis where there is one, and none for what is below', () => {
    const scale = axisScale([0, 0.00008, 0.8], quantity({}), true, [50, 600]);
    expect(scale.place(0)).toBeGreaterThan(50);
    expect(scale.place(0)).toBeLessThan(scale.place(0.00008));
    expect(scale.invert(scale.place(0))).toBe(0);
    expect(scale.place(-1)).toBeNaN();
    expect(scale.ticks[0]?.text).toBe('0');
    expect(axisScale([1, 10], quantity({}), true, [50, 600]).place(0)).toBeNaN();
  });

  it('does the same upside down, as the upright axis is', () => {
    const scale = axisScale([0, 0.01, 1], quantity({}), true, [350, 30]);
    expect(scale.place(0)).toBeGreaterThan(scale.place(0.01));
    expect(scale.invert(scale.place(0))).toBe(0);
    expect(scale.invert(scale.place(0.1))).toBeCloseTo(0.1, 8);
  });

  it('survives one value, and none', () => {
    for (const log of [false, true]) {
      for (const values of [[], [5], [0]]) {
        const scale = axisScale(values, quantity({}), log, [0, 100]);
        for (const {at} of scale.ticks) expect(Number.isFinite(at)).toBe(true);
        for (const value of values) expect(Number.isFinite(scale.place(value))).toBe(true);
      }
    }
  });

  it('says shares in percent', () => {
    const scale = axisScale([0, 1], quantity({kind: 'share', unit: '%'}), false, [0, 300]);
    expect(scale.ticks.map(({text}) => text)).toContain('40%');
  });
});
