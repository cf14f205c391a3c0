import {InputError} from '@minefield/core';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ACTIVATIONS} from './activations.ts';
import {activationIn, modelFromName} from './model-from-name.ts';
import {mlp} from './mlp.ts';
import {convNet} from './normalized/conv-net.ts';
import {resNet} from './normalized/res-net.ts';

const size = fc.integer({min: 1, max: 40});
const sizes = fc.array(size, {minLength: 1, maxLength: 4});
const inputShape = fc.tuple(size, size, size);

const networks = fc.oneof(
  fc
    .record({
      inputs: size,
      hidden: fc.array(size, {maxLength: 4}),
      outputs: size,
      activation: fc.constantFrom(...ACTIVATIONS),
      bias: fc.boolean(),
    })
    .map(mlp),
  fc
    .record({inputShape, units: fc.array(fc.tuple(size, size), {minLength: 1, maxLength: 4}), classes: size})
    .map(({units, ...rest}) =>
      convNet({...rest, widths: units.map(([width]) => width), strides: units.map(([, stride]) => stride)}),
    ),
  fc
    .record({inputShape, widths: sizes, blocks: fc.integer({min: 1, max: 3}), classes: size})
    .map(({widths, blocks, ...rest}) =>
      resNet({...rest, widths: widths.toSorted((a, b) => a - b), depth: 2 * widths.length * blocks + 2}),
    ),
);

describe('the name of a network', () => {
  it('says all of its architecture, with spaces or with colons', () => {
    fc.assert(
      fc.property(networks, (network) => {
        for (const name of [network.name, network.name.replaceAll(' ', ':')]) {
          const found = modelFromName(name);
          expect(found.name).toBe(network.name);
          expect(found.layout).toEqual(network.layout);
          expect(found.inputShape).toEqual(network.inputShape);
          expect(found.outputs).toBe(network.outputs);
        }
      }),
    );
  });

  it.each([
    ['mlp 2-23-16-26-32-28-31-1', 3614],
    ['mlp 2-25-25-25-25-1', 2051],
    ['conv-net 32x32x1 16/1-32/2-64/2-64/2 10', 61_050],
    ['res-net-20 32x32x3 16-32-64 10', 269_722],
  ])('%s of committed checkpoints is read, with %i parameters', (name, parameters) => {
    expect(modelFromName(name).layout.dimension).toBe(parameters);
  });

  it('says its activation, where it is no ReLU, and may say that it is one', () => {
    expect(mlp({inputs: 2, hidden: [3], outputs: 1}).name).toBe('mlp 2-3-1');
    expect(activationIn('mlp 2-3-1')).toBeUndefined();
    expect(activationIn('mlp:2-3-1:relu')).toBe('relu');
    expect(activationIn('mlp 2-3-1 leaky-relu bias-free')).toBe('leaky-relu');
    expect(activationIn('conv-net 4x4x1 2/1 2')).toBeUndefined();
    expect(modelFromName('mlp:2-3-1', 'tanh').name).toBe('mlp 2-3-1 tanh');
    expect(modelFromName('mlp:2-3-1:relu', 'tanh').name).toBe('mlp 2-3-1');
  });

  it.each([
    '',
    'mlp',
    'mlp:2',
    'mlp:2--1',
    'mlp:2-0-1',
    'mlp:2-1000001-1',
    'mlp:2-3-1:elu',
    'mlp:2-3-1:bias-free:tanh',
    `mlp:${Array(2001).fill(1).join('-')}`,
    'resnet:20',
    'conv-net:4x4:2/1:2',
    'conv-net:4x4x1:2:2',
    'res-net-1001000:4x4x1:2:2',
    `mlp:2-${'9'.repeat(100_000)}-1`,
  ])('is none: %.40s', (name) => {
    expect(() => modelFromName(name)).toThrow(InputError);
    expect(() => modelFromName(name)).toThrow(/^models\.modelFromName: expected a network such as .{1,400}$/);
  });
});
