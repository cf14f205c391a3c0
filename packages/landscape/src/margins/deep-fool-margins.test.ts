import {createGenerator, type Classifier} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {dot} from '../directions/vectors.ts';
import {deepFoolMargins} from './deep-fool-margins.ts';
import {margins2d} from './margins-2d.ts';

/** From functions of one input; gradients by central differences in float64. */
function classifier(dimension: number, outputs: readonly ((x: Float64Array) => number)[]): Classifier {
  const row = (inputs: Float32Array, i: number): Float64Array =>
    Float64Array.from(inputs.subarray(i * dimension, (i + 1) * dimension));
  return {
    dimension,
    classes: Math.max(2, outputs.length),
    logits: (inputs) =>
      Promise.resolve(
        Float32Array.from(
          {length: (inputs.length / dimension) * outputs.length},
          (_, k) => outputs[k % outputs.length]?.(row(inputs, Math.floor(k / outputs.length))) ?? 0,
        ),
      ),
    inputGradient: (inputs, index) =>
      Promise.resolve(
        Float32Array.from(inputs, (_, k) => {
          const [i, j] = [Math.floor(k / dimension), k % dimension];
          const f = outputs[index[i] ?? 0];
          const x = row(inputs, i);
          const shifted = (h: number): number => f?.(x.with(j, (x[j] ?? 0) + h)) ?? 0;
          return (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
        }),
      ),
  };
}

const cloud = (count: number, dimension: number): Float32Array => {
  const inputs = new Float32Array(count * dimension);
  createGenerator(4).fillNormalInto(inputs);
  return inputs;
};

describe('deepFoolMargins', () => {
  it('is exact for a linear classifier of many classes', async () => {
    const [classes, dimension, count] = [5, 12, 20];
    const weights = Array.from({length: classes}, (_, c) =>
      Float64Array.from(cloud(classes, dimension).subarray(c * dimension, (c + 1) * dimension)),
    );
    const score = (c: number, x: ArrayLike<number>): number => dot(x, weights[c] ?? []) + c / 3;
    const linear = classifier(
      dimension,
      weights.map((_, c) => (x: Float64Array) => score(c, x)),
    );
    const inputs = cloud(count, dimension);
    const {distances, predicted, nearest} = await deepFoolMargins(linear, inputs);
    for (let n = 0; n < count; n++) {
      const x = inputs.subarray(n * dimension, (n + 1) * dimension);
      const own = predicted[n] ?? 0;
      const expected = Math.min(
        ...weights.flatMap((w, c) =>
          c === own
            ? []
            : [(score(own, x) - score(c, x)) / Math.hypot(...w.map((v, i) => v - (weights[own]?.[i] ?? 0)))],
        ),
      );
      expect(Math.abs((distances[n] ?? 0) / expected - 1)).toBeLessThan(1e-3);
      const there = nearest.subarray(n * dimension, (n + 1) * dimension);
      expect(Math.hypot(...there.map((v, i) => v - (x[i] ?? 0)))).toBeCloseTo(distances[n] ?? 0, 5);
    }
  });

  it('gives |R − |x|| for a sphere in 20 dimensions, from log-odds in one column', async () => {
    const sphere = classifier(20, [(x) => x.reduce((sum, v) => sum + v * v, 0) - 25]);
    const inputs = cloud(10, 20);
    const {distances} = await deepFoolMargins(sphere, inputs);
    distances.forEach((distance, n) => {
      const length = Math.hypot(...inputs.subarray(n * 20, (n + 1) * 20));
      expect(Math.abs(distance - Math.abs(5 - length))).toBeLessThan(1e-3);
    });
  });

  it('shortens the way that DeepFool finds: on an ellipse it comes to the distance of the plane search', async () => {
    const ellipse = classifier(2, [(x) => (x[0] ?? 0) ** 2 / 9 + (x[1] ?? 0) ** 2 - 1]);
    const inputs = Float32Array.of(0.5, 0.2, 2, 0.1, 4, 2, 1, -0.6);
    const {distances: truth} = await margins2d(ellipse, inputs, {maximum: 10});
    const rough = await deepFoolMargins(ellipse, inputs, {refinements: 0});
    const fine = await deepFoolMargins(ellipse, inputs, {refinements: 60, tolerance: 1e-5});
    truth.forEach((distance, n) => {
      expect(rough.distances[n]).toBeGreaterThan(distance * (1 - 1e-4));
      expect(fine.distances[n]).toBeLessThanOrEqual(rough.distances[n] ?? 0);
      expect(Math.abs((fine.distances[n] ?? 0) / distance - 1)).toBeLessThan(0.01);
    });
  });

  it.each([
    ['ahead by less than float32 tells apart', 100.000001, 100, 5, 1e-6],
    ['ahead by less, though another input moves', 100.000001, 100, 0, 1e-6],
    ['on the boundary', 100, 100, 0, 0],
    ['one float32 beyond', 100, 100 + 2 ** -17, 5, 2 ** -17],
  ])('finds the boundary of a point that lies %s', async (_, boundary, x, y, distance) => {
    const tilted = classifier(2, [(point) => (point[0] ?? 0) - boundary + 1e-2 * ((point[1] ?? 0) - y)]);
    const {distances, nearest} = await deepFoolMargins(tilted, Float32Array.of(x, y));
    // Neighbouring float32 numbers lie 2^-17 apart there.
    expect(Math.abs((distances[0] ?? Infinity) - distance)).toBeLessThanOrEqual(2 ** -17);
    expect(Math.abs((nearest[0] ?? Infinity) - boundary)).toBeLessThanOrEqual(2 ** -17);
  });

  it('finds the boundary of a point where two of three classes tie', async () => {
    const tied = classifier(1, [([x = 0]) => x, ([x = 0]) => 2 - x, () => -9]);
    expect((await deepFoolMargins(tied, Float32Array.of(1))).distances[0]).toBe(0);
  });

  it('gives Infinity where the class never changes, and refuses what it cannot use', async () => {
    const one = classifier(3, [() => 1]);
    const {distances, nearest} = await deepFoolMargins(one, Float32Array.of(1, 2, 3), {maximumSteps: 3});
    expect(distances[0]).toBe(Infinity);
    expect(nearest.every(Number.isNaN)).toBe(true);
    const {inputGradient: _, ...blind} = one;
    await expect(deepFoolMargins(blind, Float32Array.of(1, 2, 3))).rejects.toThrow(/inputGradient/);
    await expect(deepFoolMargins(one, Float32Array.of(1, 2))).rejects.toThrow(/\[n, 3\], got 2/);
    await expect(deepFoolMargins(one, new Float32Array(0))).rejects.toThrow(/at least one/);
    for (const tolerance of [0, 1, Number.NaN]) {
      await expect(deepFoolMargins(one, Float32Array.of(1, 2, 3), {tolerance})).rejects.toThrow(
        /tolerance in \(0, 1\)/,
      );
    }
    // Log-odds that come near 0 and turn back.
    const near = classifier(1, [([x = 0]) => -((x - 1) ** 2) - 1e-3]);
    expect((await deepFoolMargins(near, Float32Array.of(0))).distances[0]).toBe(Infinity);
  });
});
