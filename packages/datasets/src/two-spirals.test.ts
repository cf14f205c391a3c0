import {readFileSync} from 'node:fs';
import {createGenerator} from '@minefield/core';
import {describe, expect, test} from 'vitest';
import {sampleTwoSpiralsInto, twoSpirals} from './two-spirals.ts';

const fixture: {inputs: number[]; labels: number[]} = JSON.parse(
  readFileSync(new URL('../test/fixtures/two-spirals.json', import.meta.url), 'utf8'),
);

const COUNT = 20_000;

/** Largest distance between the empirical distribution and `cdf`, times √n; above 1.95 once in a thousand samples. */
function kolmogorovSmirnov(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).toSorted();
  const distance = sorted.reduce((worst, x, i) => {
    const p = cdf(x);
    return Math.max(worst, p - i / sorted.length, (i + 1) / sorted.length - p);
  }, 0);
  return distance * Math.sqrt(sorted.length);
}

/** Points as `[x, y, label]`. */
function points(noise: number): [number, number, number][] {
  const {inputs, labels} = twoSpirals(COUNT, {generator: createGenerator(7), noise});
  return Array.from(labels, (label, i) => [
    inputs[2 * i] ?? Number.NaN,
    inputs[2 * i + 1] ?? Number.NaN,
    label,
  ]);
}

describe('twoSpirals', () => {
  test('gives the points that NumPy makes from the same seed, to float32', () => {
    const {inputs, labels, ...rest} = twoSpirals(16, {generator: createGenerator(1, 'spirals')});
    expect(rest).toEqual({name: 'two spirals', inputShape: [2], classes: 2, size: 16});
    expect([...labels]).toEqual(fixture.labels);
    // The noise is rounded to float32 before it is added, so there are two roundings.
    fixture.inputs.forEach((expected, i) => {
      expect(Math.abs((inputs[i] ?? Number.NaN) - expected)).toBeLessThan(
        2 ** -23 * Math.max(1, Math.abs(expected)),
      );
    });
  });

  test('without noise, points lie on their arm, and the square of the angle is uniform', () => {
    const squares = points(0).map(([x, y, label]) => {
      const sign = label === 0 ? 1 : -1;
      const angle = Math.hypot(x, y) / 1.5;
      expect(-1.5 * angle * Math.cos(angle) * sign).toBeCloseTo(x, 4);
      expect(1.5 * angle * Math.sin(angle) * sign).toBeCloseTo(y, 4);
      return (angle / ((600 / 180) * Math.PI)) ** 2;
    });
    expect(kolmogorovSmirnov(squares, (u) => u)).toBeLessThan(1.95);
  });

  test('the noise of a coordinate has mean 0 and deviation 0.5, without correlation to the other or to the label', () => {
    const clean = points(0);
    const residuals = points(0.5).map(([x, y, label], i) => {
      const [cleanX, cleanY] = clean[i] ?? [Number.NaN, Number.NaN];
      return [x - cleanX, y - cleanY, label - 0.5] as const;
    });
    const mean = (f: (r: readonly [number, number, number]) => number): number =>
      residuals.reduce((sum, residual) => sum + f(residual), 0) / COUNT;
    const error = 4 / Math.sqrt(COUNT);
    for (const axis of [0, 1] as const) {
      expect(Math.abs(mean((r) => r[axis]))).toBeLessThan(0.5 * error);
      expect(Math.abs(mean((r) => r[axis] ** 2) - 0.25)).toBeLessThan(0.25 * Math.SQRT2 * error);
      expect(Math.abs(mean((r) => r[axis] * r[2]))).toBeLessThan(0.25 * error);
    }
    expect(Math.abs(mean(([x, y]) => x * y))).toBeLessThan(0.25 * error);
  });

  test('the classes take turns, so that class 0 has the odd point', () => {
    expect([...twoSpirals(5, {generator: createGenerator(1)}).labels]).toEqual([0, 1, 0, 1, 0]);
    expect(twoSpirals(0, {generator: createGenerator(1)}).size).toBe(0);
  });

  test('options scale the arms: one turn of growth 1 ends at 2π', () => {
    const {inputs} = twoSpirals(COUNT, {generator: createGenerator(2), noise: 0, turns: 1, growth: 1});
    const furthest = inputs.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(furthest).toBeLessThanOrEqual(Math.fround(2 * Math.PI));
    expect(furthest).toBeGreaterThan(2 * Math.PI - 0.01);
  });

  test.each([
    ['a fractional count', 1.5, {}, /a count >= 0, got 1\.5/],
    ['a negative count', -1, {}, /a count >= 0, got -1/],
    ['negative noise', 4, {noise: -1}, /a finite noise >= 0, got -1/],
    ['endless turns', 4, {turns: Infinity}, /a finite turns >= 0, got Infinity/],
    ['growth that is no number', 4, {growth: Number.NaN}, /a finite growth >= 0, got NaN/],
  ])('refuses %s', (_, count, options, message) => {
    expect(() => twoSpirals(count, {generator: createGenerator(1), ...options})).toThrow(message);
  });
});

describe('sampleTwoSpiralsInto', () => {
  test('fills a stretch of larger arrays and nothing else', () => {
    const inputs = new Float32Array(12).fill(99);
    const labels = new Uint8Array(6).fill(99);
    sampleTwoSpiralsInto(inputs.subarray(2, 10), labels.subarray(1, 5), {generator: createGenerator(3)});
    const {inputs: alone} = twoSpirals(4, {generator: createGenerator(3)});
    expect(inputs).toEqual(Float32Array.of(99, 99, ...alone, 99, 99));
    expect(labels).toEqual(Uint8Array.of(99, 0, 1, 0, 1, 99));
  });

  test('goes on in its stream from call to call', () => {
    const generator = createGenerator(3);
    const draw = (): Float32Array => twoSpirals(4, {generator}).inputs;
    expect(draw()).not.toEqual(draw());
  });

  test('refuses arrays that do not fit each other', () => {
    expect(() =>
      sampleTwoSpiralsInto(new Float32Array(6), new Uint8Array(4), {generator: createGenerator(1)}),
    ).toThrow(/expected 8 coordinates for 4 labels, got 6/);
  });
});
