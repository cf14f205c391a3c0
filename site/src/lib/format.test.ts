import {describe, expect, it} from 'vitest';
import {duration, median, percent, points, poison, significant, superscript, whole} from './format.ts';

describe('format', () => {
  it('shows accuracies with at most one decimal and a dash for none', () => {
    expect([percent(1), percent(0.985), percent(0.06549), percent(null)]).toEqual([
      '100%',
      '98.5%',
      '6.5%',
      '–',
    ]);
  });

  it('shows gaps in percentage points with one decimal and a true minus', () => {
    expect([points(0.9), points(-0.0123), points(null)]).toEqual(['90.0', '−1.2', '–']);
  });

  it('keeps three significant digits and turns to powers of ten at the ends', () => {
    expect([0, 1.23456, -0.5, 1234.5, 0.000123456, 2e7, null].map((value) => significant(value))).toEqual([
      '0',
      '1.23',
      '−0.5',
      '1,235',
      '1.23 × 10⁻⁴',
      '2 × 10⁷',
      '–',
    ]);
  });

  it('shows poison factors in plain decimals, however small', () => {
    expect([0, 0.00008, 0.000252982, 0.8].map(poison)).toEqual(['0', '0.00008', '0.000253', '0.8']);
  });

  it('groups whole numbers, names durations, and raises exponents', () => {
    expect(whole(3614)).toBe('3,614');
    expect([duration(34), duration(720), duration(3900), duration(7200)]).toEqual([
      '34 s',
      '12 min',
      '65 min',
      '2 h 0 min',
    ]);
    expect(superscript(-143)).toBe('⁻¹⁴³');
  });

  it('takes the mean of the two middle values as the median of an even number', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, null]);
  });
});
