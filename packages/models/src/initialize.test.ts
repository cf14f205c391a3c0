import {createGenerator, parameterLayout} from '@minefield/core';
import {expect, it} from 'vitest';
import type {Initialization} from '@minefield/spec';
import {initialize} from './initialize.ts';

const layout = parameterLayout([
  {name: 'conv', shape: [3, 3, 20, 50], role: 'kernel'},
  {name: 'scale', shape: [50], role: 'scale'},
  {name: 'shift', shape: [50], role: 'shift'},
  {name: 'dense', shape: [90, 110], role: 'kernel'},
  {name: 'bias', shape: [110], role: 'bias'},
]);

const bounds: readonly (readonly [Initialization, number, number, number])[] = [
  ['kaiming-uniform', Math.sqrt(6 / 180), Math.sqrt(6 / 90), 0],
  ['xavier-uniform', Math.sqrt(6 / (180 + 450)), Math.sqrt(6 / 200), 0],
  ['fan-in-uniform', 1 / Math.sqrt(180), 1 / Math.sqrt(90), 1 / Math.sqrt(90)],
];

it.each(bounds)('%s draws uniformly within its bound', (scheme, conv, dense, bias) => {
  const theta = initialize(layout, scheme, {generator: createGenerator(3)});
  const named = Object.fromEntries(
    layout.slices.map((s) => [s.name, theta.subarray(s.offset, s.offset + s.size)]),
  );
  for (const [name, bound] of [
    ['conv', conv],
    ['dense', dense],
    ['bias', bias],
  ] as const) {
    const values = named[name] ?? new Float32Array();
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound * (1 + 1e-6));
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    // Five standard errors of the variance of a uniform law.
    const slack = 5 * bound * bound * Math.sqrt(4 / 45 / values.length);
    expect(Math.abs(variance - (bound * bound) / 3)).toBeLessThanOrEqual(slack);
  }
  expect(new Set(named['scale'])).toEqual(new Set([1]));
  expect(new Set(named['shift'])).toEqual(new Set([0]));
});

const variances: readonly (readonly [Initialization, number, number])[] = [
  ['kaiming-normal', 2 / 180, 2 / 90],
  ['xavier-normal', 2 / (180 + 450), 2 / 200],
];

it.each(variances)('%s draws normally with its variance, biases resting', (scheme, conv, dense) => {
  const theta = initialize(layout, scheme, {generator: createGenerator(3)});
  for (const [name, variance] of [
    ['conv', conv],
    ['dense', dense],
  ] as const) {
    const {offset = 0, size = 0} = layout.slices.find((slice) => slice.name === name) ?? {};
    const values = theta.subarray(offset, offset + size);
    const moment = (power: number): number =>
      values.reduce((sum, value) => sum + ((value * value) / variance) ** (power / 2), 0) / values.length;
    // Five standard errors of the second and the fourth moment of a normal law, 1 and 3.
    expect(Math.abs(moment(2) - 1)).toBeLessThanOrEqual(5 * Math.sqrt(2 / size));
    expect(Math.abs(moment(4) - 3)).toBeLessThanOrEqual(5 * Math.sqrt(96 / size));
  }
  expect(new Set(theta.subarray(layout.slices[4]?.offset))).toEqual(new Set([0]));
});

it('draws the same parameters from the same stream', () => {
  const draw = (seed: number) => initialize(layout, 'kaiming-uniform', {generator: createGenerator(seed)});
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

it('knows no other scheme', () => {
  expect(() => initialize(layout, 'he' as Initialization, {generator: createGenerator(1)})).toThrow(
    'models.initialize: expected a scheme among kaiming-normal, kaiming-uniform, xavier-normal, xavier-uniform, fan-in-uniform, got "he"',
  );
});
