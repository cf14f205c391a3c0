import {startBackend} from '@minefield/backend/node';
import {InputError, at, createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {referencePreActivations} from '../test/reference-mlp.ts';
import {initialize} from './initialize.ts';
import {mlp} from './mlp.ts';
import type {Model} from './model.ts';
import {nearestKinks} from './nearest-kinks.ts';
import {convNet} from './normalized/conv-net.ts';
import {resNet} from './normalized/res-net.ts';

beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
});

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('of perceptrons', () => {
  // Two hidden units: z₀ = x₀ + x₁ − 1 and z₁ = 2 x₀. One hidden layer more: z = 3 max(0, z₀) + max(0, z₁).
  const small = mlp({inputs: 2, hidden: [2, 1], outputs: 1});
  const theta = Float32Array.of(1, 2, 1, 0, -1, 0, 3, 1, 0, 1, 0);

  it('is the smallest pre-activation as a share of its layer’s root mean square, by hand', async () => {
    // z₀ = 0.5, −2 and z₁ = 1, −4; then 2.5 and 0: a unit whose inputs rest lies at its kink.
    const [kink] = (await nearestKinks(small, theta, Float32Array.of(0.5, 1, -2, 1))) ?? [];
    expect(kink).toEqual({distance: 0, closePairs: 1, pairs: 6});
    // One example: z₀ = 0.5, z₁ = 1, then 2.5, whose share is 1; root mean square of the first layer √(1.25 / 2).
    const [other] = (await nearestKinks(small, theta, Float32Array.of(0.5, 1))) ?? [];
    expect(other?.distance).toBeCloseTo(0.5 / Math.sqrt(0.625), 12);
    expect(other).toMatchObject({closePairs: 0, pairs: 3});
  });

  it('counts the pairs within a millionth of zero', async () => {
    // z₀ = 2⁻²⁰ on the first example and 1 on three others, z₁ = 2 on all: their root mean square is near √2.4.
    const inputs = Float32Array.of(1, 2 ** -20, 1, 1, 1, 1, 1, 1);
    const [kink] = (await nearestKinks(small, theta, inputs, {examples: 3})) ?? [];
    expect(kink?.distance).toBeCloseTo(2 ** -20 / Math.sqrt((3 + 2 ** -40 + 16) / 8), 15);
    expect(kink).toMatchObject({closePairs: 1, pairs: 12});
  });

  it('agrees with float64 loops for each of K networks, however the examples are chunked', async () => {
    const model = mlp({inputs: 3, hidden: [7, 5, 4], outputs: 2});
    const generator = createGenerator(3);
    const inputs = new Float32Array(3 * 23);
    generator.fillNormalInto(inputs);
    const points = [1, 2, 3].map((k) =>
      initialize(model.layout, 'fan-in-uniform', {generator: generator.derive(k)}),
    );
    const thetas = Float32Array.from(points.flatMap((point) => [...point]));
    const before = tf.memory().numTensors;
    const whole = await nearestKinks(model, thetas, inputs);
    expect(await nearestKinks(model, thetas, inputs, {examples: 4})).toEqual(whole);
    expect(tf.memory().numTensors).toBe(before);
    expect(whole).toHaveLength(3);
    for (const [k, point] of points.entries()) {
      const layers: number[][] = [[], [], []];
      for (let i = 0; i < 23; i++) {
        const found = referencePreActivations(model.layout, point, [...inputs.subarray(3 * i, 3 * i + 3)]);
        found.slice(0, -1).forEach((values, layer) => at(layers, layer).push(...values));
      }
      const shares = layers.map((values) => Math.min(...values.map(Math.abs)) / rms(values));
      // A sum of eight float32 products near zero, of which the terms are rounded at 6e-8.
      expect(whole?.[k]?.distance).toBeCloseTo(Math.min(...shares), 6);
      expect(whole?.[k]).toMatchObject({closePairs: 0, pairs: 23 * 16});
    }
  });

  it('is 0 for a layer that gives nothing, and NaN where numbers overflow', async () => {
    const zero = new Float32Array(theta.length);
    expect(await nearestKinks(small, zero, Float32Array.of(1, 2))).toEqual([
      {distance: 0, closePairs: 3, pairs: 3},
    ]);
    const huge = zero.map(() => 3e38);
    expect(await nearestKinks(small, huge, Float32Array.of(3, 3))).toEqual([
      {distance: Number.NaN, closePairs: 0, pairs: 3},
    ]);
  });
});

describe.each([
  ['a ConvNet', convNet({inputShape: [5, 4, 1], widths: [2, 3], classes: 3}), 5 * 4 * 2 + 3 * 2 * 3],
  [
    'a ResNet',
    resNet({inputShape: [4, 4, 1], depth: 6, widths: [2, 4], classes: 3}),
    // The first convolution, then in each stage one inside the block and one after its sum.
    4 * 4 * 2 * 3 + 2 * 2 * 4 * 2,
  ],
])('of %s', (_, network, units) => {
  const generator = createGenerator(4);
  const theta = initialize(network.layout, 'kaiming-normal', {generator: generator.derive('theta')});
  const statistics = Float32Array.from({length: network.statistics.dimension}, (__, i) => 0.2 + i / 30);
  const model = network.frozen(statistics);
  const size = network.inputShape.reduce((product, length) => product * length, 1);
  const inputs = new Float32Array(3 * size);
  generator.fillNormalInto(inputs);

  it('looks at every pixel of every channel', async () => {
    const before = tf.memory().numTensors;
    const [kink] = (await nearestKinks(model, theta, inputs, {examples: 2})) ?? [];
    expect(tf.memory().numTensors).toBe(before);
    expect(kink).toMatchObject({closePairs: 0, pairs: 3 * units});
    expect(kink?.distance).toBeGreaterThan(0);
  });

  it('knows what its ReLUs are given: from the last of them follow the logits', () => {
    tf.tidy(() => {
      const {rectified} = model;
      if (rectified === undefined) throw new Error('expected layers with ReLUs');
      const [parameters, images] = [
        tf.tensor2d(theta, [1, theta.length]),
        tf.tensor(inputs, [3, ...network.inputShape]),
      ];
      const [kernel, bias] = network.layout.slices
        .slice(-2)
        .map(({offset, size: length, shape}) => tf.tensor(theta.slice(offset, offset + length), [...shape]));
      const last = at(rectified.units, -1);
      const ends = tf.slice(rectified.preActivations(parameters, images), [0, 0, units - last], [1, 3, last]);
      const pooled = tf.mean(tf.reshape(tf.relu(ends), [3, -1, kernel?.shape[0] ?? 0]), 1);
      const logits = tf.add(tf.matMul(pooled, kernel as tf.Tensor2D), bias as tf.Tensor1D).dataSync();
      const expected = model.logits(parameters, images).dataSync();
      // Sums of four float32 products of numbers near 1.
      logits.forEach((value, i) => expect(value).toBeCloseTo(at(expected, i), 5));
    });
  });

  it('lies at a kink where a layer gives nothing', async () => {
    // The first filters, their means and their shifts are all zero.
    const flat = network.frozen(statistics.map((value, i) => (i < 2 ? 0 : value)));
    const moved = theta.slice();
    const kernel = at(network.layout.slices, 0);
    moved.fill(0, kernel.offset, kernel.offset + kernel.size);
    const [kink] = (await nearestKinks(flat, moved, inputs)) ?? [];
    expect(kink?.distance).toBe(0);
    expect(kink?.closePairs).toBeGreaterThanOrEqual(3 * at(model.rectified?.units ?? [], 0));
  });
});

it('is unknown where a model cannot tell, or has no ReLU', async () => {
  const {rectified: _, ...silent}: Model = mlp({inputs: 1, hidden: [2], outputs: 1});
  const inputs = Float32Array.of(1, 2);
  expect(await nearestKinks(silent, new Float32Array(7), inputs)).toBeNull();
  expect(
    await nearestKinks(mlp({inputs: 1, hidden: [], outputs: 1}), new Float32Array(2), inputs),
  ).toBeNull();
  const {training} = convNet({inputShape: [4, 4, 1], widths: [2], classes: 2});
  expect(
    await nearestKinks(training, new Float32Array(training.layout.dimension), new Float32Array(16)),
  ).toBeNull();
});

it.each<[string, number, Float32Array, string]>([
  ['no example', 7, new Float32Array(), 'expected inputs [n, 2] of at least one example, got 0 numbers'],
  [
    'half an example',
    11,
    new Float32Array(3),
    'expected inputs [n, 2] of at least one example, got 3 numbers',
  ],
  ['half a network', 5, new Float32Array(2), 'expected parameters [K, 11], got 5 numbers'],
])('refuses %s', async (_, dimension, inputs, says) => {
  const model = mlp({inputs: 2, hidden: [2, 1], outputs: 1});
  const found = nearestKinks(model, new Float32Array(dimension), inputs);
  await expect(found).rejects.toThrow(InputError);
  await expect(found).rejects.toThrow(says);
});
