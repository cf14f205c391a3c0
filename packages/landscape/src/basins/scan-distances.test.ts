import {describe, expect, it} from 'vitest';
import {scanDistances, scanNear} from './scan-distances.ts';

describe('scanDistances', () => {
  it('rises geometrically by no more than the growth and ends exactly at the maximum', () => {
    const distances = scanDistances({maximum: 7, first: 0.01, growth: 1.2});
    expect(distances[0]).toBe(0.01);
    expect(distances.at(-1)).toBe(7);
    distances.slice(1).forEach((d, i) => expect(d / (distances[i] ?? 0)).toBeLessThanOrEqual(1.2 + 1e-12));
    expect(Array.from(scanDistances({maximum: 2, first: 2}))).toEqual([2]);
    expect(() => scanDistances({maximum: 1, growth: 1})).toThrow(RangeError);
    // A number of distances that no memory holds.
    for (const growth of [1 + 1e-12, 1 + 1e-6]) {
      expect(() => scanDistances({maximum: 1, growth})).toThrow(
        /at most 100000 distances, got 1\.0.* larger growth/,
      );
    }
    expect(() => scanNear([1], {maximum: 10, growth: 1 + 1e-12})).toThrow(/at most 100000/);
    expect(() => scanNear([1], {maximum: 10, points: 1e12})).toThrow(/points in 1\.\.100000/);
  });

  it('warm brackets step evenly as far as the pilot’s radii reach, then go on to the maximum', () => {
    const distances = scanNear([1, 2, Infinity], {maximum: 10, points: 4});
    expect(Array.from(distances.subarray(0, 4))).toEqual(
      [0.55, 1.1, 1.65, 2.2].map((d) => expect.closeTo(d, 12)),
    );
    expect(distances.at(-1)).toBe(10);
    expect(Array.from(scanNear([9.9], {maximum: 10, points: 2}))).toEqual([5, 10]);
    // 0.1 · 3 / 3 is another number; and from a rounding below the maximum no geometric step is left to go there.
    expect(scanNear([1], {maximum: 0.1, points: 3}).at(-1)).toBe(0.1);
    expect(scanNear([1], {maximum: 1.1 * (1 + 1e-12), points: 3}).at(-1)).toBe(1.1 * (1 + 1e-12));
    expect(() => scanNear([Infinity], {maximum: 10})).toThrow(/scanDistances/);
    for (const maximum of [-5, 0, Number.NaN, Infinity]) {
      expect(() => scanNear([1], {maximum})).toThrow(
        `scanNear: expected a finite maximum > 0, got ${maximum}`,
      );
    }
    // More than a call takes arguments.
    const finest = scanNear([1], {maximum: 1e4, points: 100_000, growth: 1.0001});
    expect(finest.length).toBeGreaterThan(190_000);
    expect(finest.every((distance, i) => i === 0 || distance > (finest[i - 1] ?? 0))).toBe(true);
  });
});
