import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {splitRHat} from './split-r-hat.ts';

interface Case {
  readonly chains: readonly (readonly number[])[];
  readonly splitRHat: number;
}

const cases = JSON.parse(
  readFileSync(new URL('../../test/fixtures/arviz.json', import.meta.url), 'utf8'),
) as readonly Case[];

describe('splitRHat', () => {
  it.each(cases)('is that of ArviZ, $splitRHat', ({chains, splitRHat: expected}) => {
    expect(splitRHat(chains)).toBeCloseTo(expected, 10);
  });

  it('takes the halves of a chain for chains of their own', () => {
    // Means 1 and 3, so a variance of 2 between them; a variance of ½ within each.
    expect(splitRHat([[0.5, 1.5, 2.5, 3.5]])).toBeCloseTo(Math.sqrt(1 / 2 + 2 / (1 / 2)), 12);
  });

  it('says nothing of too few draws, of draws that are not finite, and of chains that stand still', () => {
    expect(splitRHat([[1, 2, 3]])).toBeNull();
    expect(splitRHat([])).toBeNull();
    expect(splitRHat([[1, 2, 3, Infinity]])).toBeNull();
    expect(splitRHat([[1, 1, 1, 1]])).toBeNull();
  });
});
