import {describe, expect, it} from 'vitest';
import {
  DIMENSIONS,
  LANDMARKS,
  RATIOS,
  chanceInWords,
  decadesOf,
  dimensionAt,
  factorOf,
  oddsOf,
  placeOfDimension,
  placeOfRatio,
  powerOfTen,
  ratioAt,
} from './lever.ts';

describe('the sliders', () => {
  it('reach from end to end, and back from any value', () => {
    expect(dimensionAt(0)).toBe(2);
    expect(dimensionAt(DIMENSIONS.places)).toBe(268_000);
    expect(ratioAt(0)).toBeCloseTo(1.001, 12);
    expect(ratioAt(RATIOS.places)).toBeCloseTo(50, 9);
    for (const dimension of [2, 3, 57, 3457, 60_976, 268_000]) {
      expect(dimensionAt(placeOfDimension(dimension))).toBe(dimension);
    }
    for (const ratio of [1.001, 1.0899, 1.33, 32.66])
      expect(ratioAt(placeOfRatio(ratio))).toBeCloseTo(ratio, 9);
  });
});

describe('the arithmetic', () => {
  it('is that of the article', () => {
    expect(decadesOf(2, 2)).toBeCloseTo(Math.log10(4), 12);
    expect(decadesOf(3457, 1.1)).toBeCloseTo(143.1, 1);
    expect(decadesOf(268_000, 1.1)).toBeCloseTo(11_093, 0);
  });

  it('is put in words that fit', () => {
    expect(oddsOf(Math.log10(4))).toBe('1 in 5');
    expect(oddsOf(23.2)).toBe('1 in 10²³');
    expect(factorOf(0.0792)).toBe('1.2');
    expect(factorOf(143.1)).toBe('10¹⁴³');
    expect(powerOfTen(11_093)).toBe('10¹¹⁰⁹³');
    expect(chanceInWords(0.01)).toMatch(/nearly alike/);
    expect(chanceInWords(Math.log10(86_400))).toMatch(/once in a day\.$/);
    expect(chanceInWords(Math.log10(3.2e9))).toMatch(/once in 101 years\.$/);
    expect(chanceInWords(40)).toMatch(/10²² throwers/);
    expect(chanceInWords(120)).toMatch(/More throwers than there are atoms/);
    expect(chanceInWords(241)).toMatch(/10¹⁴¹ throws in all, .* 1 in 10¹⁰⁰\.$/);
  });

  it('has landmarks that rise', () => {
    const decades = LANDMARKS.map((landmark) => landmark.decades);
    expect(decades).toEqual(decades.toSorted((a, b) => a - b));
    // 13,983,816 ways to choose six of 49.
    expect(10 ** 7.1456).toBeCloseTo(13_983_816, -4);
  });
});
