import {createGenerator, filtersOf, parameterLayout} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {normalizeDirection} from './normalize-direction.ts';
import {
  filterNormalizedDirection,
  gaussianDirection,
  unitDirection,
  weightNormalizedDirection,
} from './random-directions.ts';
import {norm} from './vectors.ts';

const layout = parameterLayout([
  {name: 'dense', shape: [40, 30], role: 'kernel'},
  {name: 'bias', shape: [30], role: 'bias'},
  {name: 'conv', shape: [3, 3, 4, 5], role: 'kernel'},
]);
const theta = gaussianDirection(layout.dimension, {generator: createGenerator(1)}).map(
  (value, i) => value * (1 + (i % 7)),
);
const pick = (vector: Float32Array, entries: Uint32Array): number[] =>
  Array.from(entries, (entry) => vector[entry] ?? Number.NaN);

describe('filterNormalizedDirection', () => {
  const direction = filterNormalizedDirection(theta, layout, {generator: createGenerator(2)});

  it('gives each filter the length of the model’s: columns of a Dense kernel, not rows', () => {
    for (const {entries} of filtersOf(layout)) {
      expect(norm(pick(direction, entries))).toBeCloseTo(norm(pick(theta, entries)), 4);
    }
    // A row is no filter: its length does not match.
    expect(norm(direction.subarray(0, 30)) / norm(theta.subarray(0, 30))).not.toBeCloseTo(1, 2);
  });

  it('is Gaussian, not uniform on [0, 1]: of either sign, and with a Gaussian’s tails', () => {
    const plain = gaussianDirection(100_000, {generator: createGenerator(5)});
    const mean = plain.reduce((sum, value) => sum + value, 0) / plain.length;
    const fourth = plain.reduce((sum, value) => sum + value ** 4, 0) / plain.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(fourth - 3)).toBeLessThan(0.2);
    const negative = direction.filter((value) => value < 0).length;
    expect(Math.abs(negative / 1380 - 0.5)).toBeLessThan(0.07);
  });

  it('leaves biases at rest, or normalizes them once where asked', () => {
    const bias = [1200, 1230] as const;
    expect(norm(direction.subarray(...bias))).toBe(0);
    const moved = filterNormalizedDirection(theta, layout, {
      generator: createGenerator(2),
      others: 'normalized',
    });
    expect(norm(moved.subarray(...bias))).toBeCloseTo(norm(theta.subarray(...bias)), 4);
    // Normalizing is idempotent: a second pass changes rounding only.
    const again = normalizeDirection(moved, theta, layout, {others: 'normalized'});
    again.forEach((value, i) => expect(Math.abs(value - (moved[i] ?? 0))).toBeLessThan(1e-5));
  });

  it('rests in a filter that is wholly zero', () => {
    const dead = theta.map((value, i) => (i < 1200 && i % 30 === 4 ? 0 : value));
    const rested = filterNormalizedDirection(dead, layout, {generator: createGenerator(2)});
    expect(Array.from(rested).every(Number.isFinite)).toBe(true);
    expect(rested[4]).toBe(0);
    expect(rested[5]).not.toBe(0);
  });

  it('refuses a layout that does not match', () => {
    expect(() =>
      filterNormalizedDirection(theta.subarray(1), layout, {generator: createGenerator(2)}),
    ).toThrow(/expected .* 1410/);
  });
});

it('gives each kernel the length of the model’s when normalized by layer', () => {
  const direction = filterNormalizedDirection(theta, layout, {generator: createGenerator(2), by: 'layer'});
  expect(norm(direction.subarray(0, 1200))).toBeCloseTo(norm(theta.subarray(0, 1200)), 3);
  expect(norm(direction.subarray(1230))).toBeCloseTo(norm(theta.subarray(1230)), 3);
});

it('multiplies by the size of each weight when normalized by weight', () => {
  const direction = weightNormalizedDirection(theta, layout, {generator: createGenerator(4)});
  const plain = gaussianDirection(layout.dimension, {generator: createGenerator(4)});
  expect(direction[3]).toBe(Math.fround((plain[3] ?? 0) * Math.abs(theta[3] ?? 0)));
  expect(direction[1205]).toBe(0);
  // A bias is multiplied once as well, where it is asked for.
  const withBiases = weightNormalizedDirection(theta, layout, {
    generator: createGenerator(4),
    others: 'normalized',
  });
  expect(withBiases[1205]).toBe(Math.fround((plain[1205] ?? 0) * Math.abs(theta[1205] ?? 0)));
  expect(withBiases[1205]).not.toBe(0);
  expect(() => weightNormalizedDirection(theta.subarray(1), layout, {generator: createGenerator(4)})).toThrow(
    /1410 numbers, got 1409/,
  );
});

it('gives unit directions unit length', () => {
  expect(norm(unitDirection(500, {generator: createGenerator(1)}))).toBeCloseTo(1, 6);
});
