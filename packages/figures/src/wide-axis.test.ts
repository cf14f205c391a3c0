import {describe, expect, it} from 'vitest';
import {wideAxis} from './wide-axis.ts';

const scaleOf = (values: readonly number[], always: 'log' | 'if wide' = 'if wide'): unknown =>
  wideAxis(values, always).axis['scale'];

describe('wideAxis', () => {
  it('begins at zero where all values are of one size, or one of them is zero', () => {
    expect(scaleOf([1, 2, 3])).toEqual({zero: true});
    expect(scaleOf([0, 2, 3])).toEqual({zero: true});
  });

  it('is logarithmic where small values would vanish beside large ones', () => {
    expect(scaleOf([0.04, 2])).toMatchObject({type: 'log', domain: [0.02667, 3]});
    expect(scaleOf([1, 2], 'log')).toMatchObject({type: 'log'});
  });

  it('is linear below a gulf, so that it does not take most of the axis, and says so', () => {
    const {axis, remark} = wideAxis([3e-9, 5e-9, 4, 160, 2000], 'log');
    expect(axis['scale']).toMatchObject({type: 'symlog', constant: 4, domain: [0, 3000]});
    expect(axis['axis']).toMatchObject({values: [0, 10, 100, 1000]});
    expect(remark).toBe('linear below 4');
  });
});
