import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {ACTIVATIONS} from './activations.ts';
import {initialize} from './initialize.ts';
import {mlp} from './mlp.ts';
import {nearestKinks} from './nearest-kinks.ts';
import {objectiveFromModel} from './objective-from-model.ts';

const sizes = {inputs: 2, hidden: [7, 5], outputs: 3};
const networks = ACTIVATIONS.flatMap((activation) =>
  [true, false].map((bias) => mlp({...sizes, activation, bias})),
);

const inputs = new Float32Array(2 * 11);
createGenerator(1, 'inputs').fillNormalInto(inputs);

describe.each(['wasm', 'cpu'] as const)('on %s', (name) => {
  beforeAll(async () => {
    await startBackend({name, deterministic: true});
  });

  it.each(networks)('the bits of a network of $name do not depend on those beside it', ({layout, logits}) => {
    const {dimension} = layout;
    const thetas = [1, 2, 3].map((seed) =>
      initialize(layout, 'kaiming-normal', {generator: createGenerator(seed)}),
    );
    const of = (points: readonly Float32Array[]) =>
      tf.tidy(() => {
        const rows = tf.tensor2d(
          points.flatMap((point) => [...point]),
          [points.length, dimension],
        );
        return tf.unstack(logits(rows, tf.tensor2d(inputs, [11, 2]), 'values')).map((one) => one.dataSync());
      });
    expect(of(thetas)).toEqual(thetas.flatMap((theta) => of([theta])));
  });
});

it('has kinks where its activation has one, and only there', async () => {
  const kinked = [];
  for (const model of networks) {
    const theta = initialize(model.layout, 'kaiming-normal', {generator: createGenerator(1)});
    const [kink] = (await nearestKinks(model, theta, inputs)) ?? [];
    if (kink) kinked.push([model.name, kink.pairs]);
  }
  expect(kinked).toEqual([
    ['mlp 2-7-5-3', 12 * 11],
    ['mlp 2-7-5-3 bias-free', 12 * 11],
    ['mlp 2-7-5-3 leaky-relu', 12 * 11],
    ['mlp 2-7-5-3 leaky-relu bias-free', 12 * 11],
  ]);
});

it('is the same function without hidden layers, whatever would follow them', async () => {
  await startBackend({name: 'cpu'});
  const theta = Float32Array.of(1, -2, 0.5);
  for (const activation of ACTIVATIONS) {
    const {logits} = mlp({inputs: 2, hidden: [], outputs: 1, activation});
    const values = tf.tidy(() => logits(tf.tensor2d(theta, [1, 3]), tf.tensor2d([3, 4], [1, 2])).dataSync());
    expect([...values]).toEqual([3 - 8 + 0.5]);
    const free = mlp({inputs: 2, hidden: [], outputs: 1, activation, bias: false});
    const rest = tf.tidy(() =>
      free.logits(tf.tensor2d(theta.subarray(0, 2), [1, 2]), tf.tensor2d([3, 4], [1, 2])).dataSync(),
    );
    expect([...rest]).toEqual([3 - 8]);
  }
});

it('is differentiated without hidden layers and biases too, where its parameters are one tensor', async () => {
  for (const name of ['cpu', 'wasm'] as const) {
    await startBackend({name, deterministic: true});
    const data = {inputs: Float32Array.of(3, 4, -1, 2), labels: [1, 0]};
    const free = objectiveFromModel(mlp({inputs: 2, hidden: [], outputs: 1, bias: false}), data);
    const theta = Float32Array.of(0.3, -0.2);
    const gradient = await free.gradient?.(theta);
    // Σ (σ(z) − y) x / 2 with z = 0.1 and −0.7.
    const [first, second] = [0.1, -0.7].map((z, i) => 1 / (1 + Math.exp(-z)) - (i === 0 ? 1 : 0));
    const closed = [(3 * (first ?? 0) - (second ?? 0)) / 2, (4 * (first ?? 0) + 2 * (second ?? 0)) / 2];
    closed.forEach((value, i) => expect(gradient?.[i]).toBeCloseTo(value, 6));
  }
});
