import type {Classifier} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {margins2d} from './margins-2d.ts';
import {summarizeMargins} from './summarize-margins.ts';

/** Log-odds of class 1 over the plane, in one column. */
function binary(f: (x: number, y: number) => number): Classifier & {calls: number} {
  return {
    dimension: 2,
    classes: 2,
    calls: 0,
    logits(inputs) {
      this.calls += 1;
      return Promise.resolve(
        Float32Array.from({length: inputs.length / 2}, (_, i) =>
          f(inputs[2 * i] ?? 0, inputs[2 * i + 1] ?? 0),
        ),
      );
    },
  };
}

const points = Float32Array.of(0, 0, 3, -1, -2.5, 0.25, 0.01, 4, -7, -7);
const options = {maximum: 20};

async function distances(f: (x: number, y: number) => number, change = {}): Promise<number[]> {
  return Array.from((await margins2d(binary(f), points, {...options, ...change})).distances);
}

/** Worst error, as a share of 1 + the distance: the tolerance is 1e-5, and coordinates of about 10 are float32. */
function worstError(found: readonly number[], expected: readonly number[]): number {
  return Math.max(
    ...found.map((distance, i) => Math.abs(distance - (expected[i] ?? 0)) / (1 + (expected[i] ?? 0))),
  );
}

describe('margins2d', () => {
  const pairs = Array.from({length: 5}, (_, i) => [points[2 * i] ?? 0, points[2 * i + 1] ?? 0] as const);

  it('gives the distance to a straight boundary at any angle', async () => {
    for (const angle of [0, 0.3, 1.234, 2.9]) {
      const [a, b] = [Math.cos(angle), Math.sin(angle)];
      expect(
        worstError(
          await distances((x, y) => a * x + b * y - 0.7),
          pairs.map(([x, y]) => Math.abs(a * x + b * y - 0.7)),
        ),
      ).toBeLessThan(3e-5);
    }
  });

  it('gives the distance to a circle from inside and outside', async () => {
    expect(
      worstError(
        await distances((x, y) => Math.hypot(x - 0.5, y) - 2),
        pairs.map(([x, y]) => Math.abs(Math.hypot(x - 0.5, y) - 2)),
      ),
    ).toBeLessThan(3e-5);
  });

  it('finds the corner of a wedge, where the boundary has no tangent', async () => {
    // Class 1 is the quadrant x > 5, y > 5: nearest to a point left of and below it is the corner.
    expect(
      worstError(
        await distances((x, y) => Math.min(x - 5, y - 5)),
        pairs.map(([x, y]) => Math.hypot(Math.max(0, 5 - x), Math.max(0, 5 - y))),
      ),
    ).toBeLessThan(3e-5);
  });

  it('finds the nearer of two boundaries that circles meet almost together', async () => {
    // From the origin: a line at 3 and, opposite, a disc whose edge lies at 2.999.
    const [distance] = await distances((x, y) => Math.max(x - 3, 1 - Math.hypot(x + 3.999, y)));
    expect(distance).toBeCloseTo(2.999, 3);
    const [thinner] = await distances((x, y) => Math.max(x - 3, 0.3 - Math.hypot(x + 3.29, y)));
    expect(thinner).toBeCloseTo(2.99, 3);
  });

  it('finds a thorn between two rays that is nearer than the wall which the first circle meets', async () => {
    // A wall at 1, and behind the point a thorn whose tip, at 0.98, lies midway between two of 64 rays.
    const axis = (2 * Math.PI * 40.5) / 64;
    const thorn = (x: number, y: number): number => {
      const [along, across] = [
        x * Math.cos(axis) + y * Math.sin(axis),
        y * Math.cos(axis) - x * Math.sin(axis),
      ];
      return (along - 0.98) * 0.82 - Math.abs(Math.atan2(across, along));
    };
    const thorny = binary((x, y) => Math.max(x - 1, thorn(x, y)));
    const {distances: found} = await margins2d(thorny, Float32Array.of(0, 0), {
      maximum: 1.05,
      rings: [0.5, 1.05],
    });
    expect(found[0]).toBeCloseTo(0.98, 4);
  });

  it('never reports less than the truth, and names a point where another class is predicted', async () => {
    const wavy = binary((x, y) => y - 2 * Math.sin(3 * x) - 0.3);
    const {nearest, distances: found, predicted} = await margins2d(wavy, points, options);
    const own = await wavy.logits(points);
    const other = await wavy.logits(nearest);
    pairs.forEach(([x, y], i) => {
      expect(predicted[i]).toBe((own[i] ?? 0) > 0 ? 1 : 0);
      // At a distance of rounding from the boundary the sign at the rounded point may be either.
      expect((other[i] ?? 0) * ((own[i] ?? 0) > 0 ? -1 : 1)).toBeGreaterThan(-1e-4);
      let truth = Infinity;
      for (let s = x - 2; s < x + 2; s += 1e-5)
        truth = Math.min(truth, Math.hypot(s - x, 2 * Math.sin(3 * s) + 0.3 - y));
      expect(found[i]).toBeGreaterThan(truth - 1e-5 * (1 + truth));
      expect(found[i]).toBeLessThan(truth + 1e-4 * (1 + truth));
    });
  });

  it('takes many classes', async () => {
    const classifier: Classifier = {
      dimension: 2,
      classes: 3,
      logits: (inputs) =>
        Promise.resolve(
          Float32Array.from(
            {length: (inputs.length / 2) * 3},
            (_, i) => -(((inputs[2 * Math.floor(i / 3)] ?? 0) - (i % 3)) ** 2),
          ),
        ),
    };
    const {distances: found, predicted} = await margins2d(
      classifier,
      Float32Array.of(-1, 0, 1.2, 5, 9, 9),
      options,
    );
    expect(worstError(Array.from(found), [1.5, 0.3, 7.5])).toBeLessThan(3e-5);
    expect(Array.from(predicted)).toEqual([0, 1, 2]);
  });

  it('gives Infinity, not a number, where no boundary is within reach', async () => {
    const found = await margins2d(
      binary((x) => x - 100),
      points,
      options,
    );
    expect(Array.from(found.distances)).toEqual(new Array(5).fill(Infinity));
    expect(found.nearest.every(Number.isNaN)).toBe(true);
  });

  it('gives each point the same bits in any batch, in few calls', async () => {
    const classifier = binary((x, y) => y - Math.sin(x));
    const together = await margins2d(classifier, points, options);
    expect(classifier.calls).toBeLessThan(600);
    expect(await margins2d(classifier, points, {...options, batch: 1})).toEqual(together);
  });

  it('refuses inputs that are not in the plane, and stops when asked', async () => {
    await expect(
      margins2d(
        binary(() => 1),
        new Float32Array(0),
        options,
      ),
    ).rejects.toThrow(/at least one input/);
    await expect(margins2d({...binary(() => 1), dimension: 3}, points, options)).rejects.toThrow(
      /deepFoolMargins/,
    );
    for (const change of [{batch: 0}, {batch: 1.5}, {angles: 0}, {tolerance: 0}, {tolerance: 1}]) {
      const attempt = margins2d(
        binary(() => 1),
        points,
        {...options, ...change},
      );
      await expect(attempt).rejects.toThrow(RangeError);
    }
    const rings: [object, RegExp][] = [
      [{rings: [-1]}, /finite rings that rise from above 0, got -1 after 0/],
      [{rings: [Number.NaN]}, /got NaN after 0/],
      [{rings: [0.2, 0.1]}, /got 0.1 after 0.2/],
      [{rings: [0.1, Infinity]}, /got Infinity after 0.1/],
      [{rings: [0.1, 5], maximum: 0.1}, /the last at most the maximum 0.1, got 5/],
      [{rings: []}, /at least one ring.*got none/],
      [{rings: [0.1], maximum: Number.NaN}, /at most the maximum NaN, got 0.1/],
    ];
    for (const [change, message] of rings) {
      const attempt = margins2d(
        binary((x) => x),
        points,
        {...options, ...change},
      );
      await expect(attempt).rejects.toThrow(message);
    }
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      margins2d(
        binary(() => 1),
        points,
        {...options, signal},
      ),
    ).rejects.toThrow('enough');
  });
});

it('summarizes the distances that were found and counts those that were not', () => {
  expect(summarizeMargins([3, 1, Infinity, 2, 6])).toEqual({mean: 3, median: 2.5, minimum: 1, missing: 1});
  expect(summarizeMargins([Infinity])).toEqual({mean: null, median: null, minimum: null, missing: 1});
});
