import {createGenerator, parameterLayout} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {coordinatesFromScale, rawCoordinates, relativeCoordinates} from './coordinates.ts';
import {sphericalRays} from './rays.ts';

const layout = parameterLayout([
  {name: 'kernel', shape: [3, 2], role: 'kernel'},
  {name: 'bias', shape: [2], role: 'bias'},
  {name: 'conv', shape: [1, 2, 1, 2], role: 'kernel'},
  {name: 'scale', shape: [2], role: 'scale'},
]);
const theta = Float32Array.of(3, 1, 0, 2, 4, 2, 9, 9, 1, 0, 1, 0, 9, 9);

describe('relativeCoordinates', () => {
  it('scales each weight by its filter’s root mean square: a column of a Dense kernel, the last axis of a convolution', () => {
    const {scale} = relativeCoordinates(theta, layout);
    const first = 5 / Math.sqrt(3);
    const second = 3 / Math.sqrt(3);
    const expected = [first, second, first, second, first, second, 0, 0, 1, 0, 1, 0, 0, 0];
    expected.forEach((value, i) => expect(scale[i]).toBeCloseTo(value, 14));
  });

  it('counts only weights that move: no bias, no batch-norm parameter, no filter that is wholly zero', () => {
    const {dimension, logDeterminant} = relativeCoordinates(theta, layout);
    expect(dimension).toBe(8);
    expect(logDeterminant).toBeCloseTo(3 * Math.log(5 / Math.sqrt(3)) + 3 * Math.log(3 / Math.sqrt(3)), 12);
  });

  it('refuses a layout of another size, weights that are not finite, and a network without weights', () => {
    expect(() => relativeCoordinates(theta.subarray(1), layout)).toThrow(/14 numbers, got 13/);
    expect(() => relativeCoordinates(theta.with(0, Number.NaN), layout)).toThrow(/finite weights.*"kernel"/);
    expect(() => relativeCoordinates(new Float32Array(14), layout)).toThrow(/all scales 0/);
    expect(() => coordinatesFromScale(Float64Array.of(1, -1))).toThrow(/scales >= 0/);
  });
});

describe('sphericalRays', () => {
  const coordinates = relativeCoordinates(theta, layout);
  const rays = sphericalRays(coordinates, {generator: createGenerator(3)});
  const ray = (index: number): Float32Array => {
    const out = new Float32Array(14).fill(7);
    rays.fillInto(out, index);
    return out;
  };

  it('gives unit vectors in the coordinates, at rest where the scale is 0', () => {
    for (const index of [0, 5, 2 ** 31]) {
      const u = Array.from(ray(index), (value, i) => value / (coordinates.scale[i] || 1));
      expect(Math.hypot(...u)).toBeCloseTo(1, 6);
      expect(u.filter((value) => value === 0)).toHaveLength(6);
    }
  });

  it.each<[string, number[], RegExp]>([
    ['of another length', [2], /preconditioner of 3 numbers, got 1/],
    ['of another determinant', [2, 7, 1], /determinant 1, got log determinant 0.69/],
    ['that is not positive', [-1, 7, -1], /positive preconditioner/],
    ['that is 0', [0, 7, 1], /positive preconditioner/],
    ['that is not finite', [Infinity, 7, 0], /positive preconditioner/],
  ])('refuses a preconditioner %s, by which every volume would be wrong', (_, preconditioner, message) => {
    const moving = coordinatesFromScale(Float64Array.of(1, 0, 3));
    const attempt = (p: readonly number[]) =>
      sphericalRays(moving, {generator: createGenerator(3), preconditioner: Float64Array.from(p)});
    expect(() => attempt(preconditioner)).toThrow(message);
    // What rests does not count.
    expect(() => attempt([4, 7, 0.25])).not.toThrow();
  });

  it('makes ray i from i alone', () => {
    const late = ray(17);
    for (let i = 0; i < 17; i++) ray(i);
    expect(ray(17)).toEqual(late);
    expect(ray(18)).not.toEqual(late);
  });

  it('is uniform on the sphere: second moments 1/n, none between coordinates, none of odd order', () => {
    const count = 20_000;
    const uniform = sphericalRays(rawCoordinates(4), {generator: createGenerator(9)});
    const out = new Float32Array(4);
    const [mean, square, cross, fourth] = [0, 0, 0, 0].map(() => new Float64Array(1));
    for (let i = 0; i < count; i++) {
      uniform.fillInto(out, i);
      const [a = 0, b = 0] = out;
      for (const [sum, value] of [
        [mean, a],
        [square, a * a],
        [cross, a * b],
        [fourth, a ** 4],
      ] as const) {
        if (sum) sum[0] = (sum[0] ?? 0) + value / count;
      }
    }
    // Five standard errors of each mean; E a⁴ = 3/(n(n+2)).
    expect(Math.abs(mean?.[0] ?? 1)).toBeLessThan((5 * 0.5) / Math.sqrt(count));
    expect(Math.abs((square?.[0] ?? 1) - 1 / 4)).toBeLessThan((5 * 0.25) / Math.sqrt(count));
    expect(Math.abs(cross?.[0] ?? 1)).toBeLessThan((5 * 0.21) / Math.sqrt(count));
    expect(Math.abs((fourth?.[0] ?? 1) - 3 / 24)).toBeLessThan((5 * 0.2) / Math.sqrt(count));
  });
});
