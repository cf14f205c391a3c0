import {createGenerator, filtersOf, parameterLayout} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {normalizeDirection} from './normalize-direction.ts';
import {orthogonalDirection, orthogonalNormalizedDirection} from './orthogonal-direction.ts';
import {
  filterNormalizedDirection,
  gaussianDirection,
  weightNormalizedDirection,
} from './random-directions.ts';
import {dot, norm} from './vectors.ts';

const layout = parameterLayout([
  {name: 'dense', shape: [6, 5], role: 'kernel'},
  {name: 'bias', shape: [5], role: 'bias'},
  {name: 'narrow', shape: [1, 3], role: 'kernel'},
]);
const theta = gaussianDirection(layout.dimension, {generator: createGenerator(1)}).map(
  (value, i) => value * (1 + i),
);
const first = filterNormalizedDirection(theta, layout, {generator: createGenerator(2)});
const second = filterNormalizedDirection(theta, layout, {generator: createGenerator(3)});

describe('orthogonalNormalizedDirection', () => {
  it('is orthogonal after normalization, and normalized', () => {
    const direction = orthogonalNormalizedDirection(second, [first], theta, layout);
    expect(Math.abs(dot(direction, first))).toBeLessThan(1e-6 * norm(direction) * norm(first));
    for (const {slice, entries} of filtersOf(layout)) {
      const length = norm(Array.from(entries, (entry) => direction[entry] ?? 0));
      const model = norm(Array.from(entries, (entry) => theta[entry] ?? 0));
      // A filter of one weight has no second direction.
      expect(length).toBeCloseTo(slice.name === 'narrow' ? 0 : model, 3);
    }
    // The naive order, project and then normalize, is not orthogonal.
    const projected = orthogonalDirection(second, [first]);
    expect(Math.abs(dot(projected, first))).toBeLessThan(1e-5 * norm(projected) * norm(first));
    const naive = normalizeDirection(projected, theta, layout);
    expect(Math.abs(dot(naive, first))).toBeGreaterThan(0.01 * norm(naive) * norm(first));
  });

  it('is orthogonal to several directions, themselves far from orthogonal', () => {
    const near = first.map((value, i) => value + 0.01 * (second[i] ?? 0));
    const third = filterNormalizedDirection(theta, layout, {generator: createGenerator(4)});
    const direction = orthogonalNormalizedDirection(third, [first, near], theta, layout, {by: 'layer'});
    for (const other of [first, near]) {
      expect(Math.abs(dot(direction, other))).toBeLessThan(1e-5 * norm(direction) * norm(other));
    }
    expect(norm(direction.subarray(0, 30))).toBeCloseTo(norm(theta.subarray(0, 30)), 3);
  });

  it('refuses sizes that do not match', () => {
    expect(() => orthogonalNormalizedDirection(second, [first.subarray(1)], theta, layout)).toThrow(
      /38 numbers, got 37/,
    );
  });
});

describe('orthogonalDirection', () => {
  it('keeps the length, and a weight-normalized direction what it is', () => {
    const a = weightNormalizedDirection(theta, layout, {generator: createGenerator(5)});
    const b = weightNormalizedDirection(theta, layout, {generator: createGenerator(6)});
    const direction = orthogonalDirection(b, [a]);
    expect(norm(direction)).toBeCloseTo(norm(b), 3);
    expect(Math.abs(dot(direction, a))).toBeLessThan(1e-6 * norm(a) * norm(b));
    // Still |θ| times something, so 0 exactly where the weights of the direction were.
    expect(norm(direction.subarray(30, 35))).toBe(0);
  });

  it('refuses a direction within the span of the others', () => {
    expect(() =>
      orthogonalDirection(
        [1, 1, 0],
        [
          [1, 0, 0],
          [1, 2, 0],
        ],
      ),
    ).toThrow(/outside the span/);
    expect(() => orthogonalDirection([1, 1], [[1, 0, 0]])).toThrow(/2 numbers, got 3/);
  });
});
