import {describe, expect, it} from 'vitest';
import {outcomeOf} from './outcome.ts';

describe('outcomeOf', () => {
  it('is the mean cross-entropy and the share of points on the right side', () => {
    const {loss, accuracy} = outcomeOf([0, Math.log(3), -Math.log(3), 2], [0, 1, 1, 1]);
    const expected = (Math.log(2) - Math.log(0.75) - Math.log(0.25) - Math.log(1 / (1 + Math.exp(-2)))) / 4;
    expect(loss).toBeCloseTo(expected, 14);
    // Log-odds of 0 are class 0.
    expect(accuracy).toBe(0.75);
  });

  it('neither overflows nor loses a small loss', () => {
    expect(outcomeOf([1000], [0]).loss).toBe(1000);
    expect(outcomeOf([40], [1]).loss).toBeCloseTo(Math.exp(-40), 30);
  });
});
