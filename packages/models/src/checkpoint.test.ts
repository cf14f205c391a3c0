import {createGenerator} from '@minefield/core';
import {decodeSafetensors, encodeSafetensors} from '@minefield/safetensors';
import {describe, expect, it} from 'vitest';
import {decodeStack, encodeStack} from './checkpoint-stack.ts';
import {decodeCheckpoint, decodeNetwork, encodeCheckpoint} from './checkpoint.ts';
import {mlp} from './mlp.ts';
import {convNet} from './normalized/conv-net.ts';

const {layout} = mlp({inputs: 2, hidden: [3, 4], outputs: 1});
const drawn = (length: number, seed: number): Float32Array => {
  const values = new Float32Array(length);
  createGenerator(seed).fillNormalInto(values);
  return values;
};

describe('a checkpoint', () => {
  it('gives back the parameters bit for bit, each under the name and shape of its slice', () => {
    const theta = drawn(layout.dimension, 1);
    const bytes = encodeCheckpoint(theta, layout, {seed: '1'});
    expect(decodeCheckpoint(bytes, layout)).toEqual(theta);
    const {tensors, metadata} = decodeSafetensors(bytes);
    expect(metadata).toEqual({seed: '1'});
    const shapes = (items: readonly {readonly name: string; readonly shape: readonly number[]}[]): unknown =>
      Object.fromEntries(items.map(({name, shape}) => [name, [...shape]]));
    expect(shapes(tensors)).toEqual(shapes(layout.slices));
  });

  it('holds statistics of batch normalization beside them, which a network with some must find', () => {
    const network = convNet({inputShape: [8, 8, 1], classes: 3, widths: [2, 3], strides: [1, 2]});
    const theta = drawn(network.layout.dimension, 2);
    const values = drawn(network.statistics.dimension, 3);
    const bytes = encodeCheckpoint(theta, network.layout, {}, {layout: network.statistics, values});
    expect(decodeNetwork(bytes, network)).toEqual({theta, statistics: values});
    expect(() => decodeNetwork(encodeCheckpoint(theta, network.layout, {}), network)).toThrow(
      /models\.decodeCheckpoint: expected float32 ".*" of shape \[\d+\], got none; use a checkpoint of the same/,
    );
  });

  it('says all of the architecture of a network, and what else its caller says', () => {
    const bytes = (network: Parameters<typeof encodeCheckpoint>[1], more = {}) =>
      decodeSafetensors(
        encodeCheckpoint(drawn(('layout' in network ? network.layout : network).dimension, 1), network, more),
      ).metadata;
    const sizes = {inputs: 2, hidden: [3], outputs: 1};
    expect(bytes(mlp(sizes), {seed: '1'})).toEqual({model: 'mlp 2-3-1', activation: 'relu', seed: '1'});
    expect(bytes(mlp({...sizes, activation: 'tanh', bias: false}))).toEqual({
      model: 'mlp 2-3-1 tanh bias-free',
      activation: 'tanh',
    });
    expect(bytes(convNet({inputShape: [4, 4, 1], widths: [2], classes: 2}))).toEqual({
      model: 'conv-net 4x4x1 2/1 2',
      activation: 'relu',
    });
    // What follows the layers of somebody's own network is for him to say.
    expect(bytes({...mlp(sizes), name: 'mine'})).toEqual({model: 'mine'});
    expect(bytes(layout)).toEqual({});
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    [
      'another shape',
      () => encodeCheckpoint(drawn(13, 1), mlp({inputs: 2, hidden: [3], outputs: 1}).layout, {}),
      /expected float32 ".*" of shape/,
    ],
    [
      'a tensor too many',
      () => {
        const {tensors} = decodeSafetensors(encodeCheckpoint(drawn(layout.dimension, 1), layout, {}));
        const extra = {name: 'more', shape: [1], data: Float32Array.of(1)};
        return encodeSafetensors([
          ...tensors.map((tensor) => ({...tensor, data: tensor.data as Float32Array})),
          extra,
        ]);
      },
      /expected the \d+ tensors of the layout, got "more" as well/,
    ],
  ])('of %s is refused', (_, made, says) => {
    expect(() => decodeCheckpoint(made(), layout)).toThrow(says);
  });
});

it('takes no vector of another length', () => {
  const longer = drawn(layout.dimension + 1, 1);
  expect(() => encodeCheckpoint(longer, layout)).toThrow(/expected \d+ parameters, got \d+/);
  expect(() => encodeStack([longer], layout, {})).toThrow(/expected \d+ parameters, got \d+/);
  const network = convNet({inputShape: [8, 8, 1], classes: 3, widths: [2, 3], strides: [1, 2]});
  const statistics = {layout: network.statistics, values: drawn(1, 1)};
  expect(() => encodeCheckpoint(drawn(network.layout.dimension, 1), network, {}, statistics)).toThrow(
    /expected \d+ parameters, got 1/,
  );
});

it('keeps several networks in one file, each bit for bit', () => {
  const thetas = [1, 2, 3].map((seed) => drawn(layout.dimension, seed));
  const bytes = encodeStack(thetas, layout, {});
  expect(decodeStack(bytes, layout, 3)).toEqual(thetas);
  expect(() => decodeStack(bytes, layout, 2)).toThrow(/expected float32/);
});
