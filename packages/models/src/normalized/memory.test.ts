import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, expect, it} from 'vitest';
import {examplesPerCall, networksPerCall} from '../examples-per-call.ts';
import {mlp} from '../mlp.ts';
import {initialize} from '../initialize.ts';
import {convNet} from './conv-net.ts';
import {resNet} from './res-net.ts';

const EXAMPLES = 8;

beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
});

it.each([
  convNet({inputShape: [16, 16, 1], widths: [4, 8], classes: 3}),
  convNet({inputShape: [16, 16, 3], widths: [5, 6], classes: 3}),
  resNet({inputShape: [16, 16, 1], widths: [4, 8], depth: 10, classes: 3}),
])('takes no more than it says: $name', async (model) => {
  const theta = tf.tensor2d(initialize(model.layout, 'kaiming-normal', {generator: createGenerator(1)}), [
    1,
    model.layout.dimension,
  ]);
  const inputs: tf.Tensor = tf.randomNormal([EXAMPLES, ...model.inputShape]);
  const frozen = model.frozen(new Float32Array(model.statistics.dimension).fill(1));
  const {bytesPerExample = 0} = frozen;
  // Parameters are of no account on images of usual size, but here.
  const own = 20 * 4 * model.layout.dimension;
  const heap = async (value: (point: tf.Tensor2D) => tf.Tensor): Promise<number> => {
    const before = tf.memory().numBytes;
    const {peakBytes} = await tf.profile(() => {
      tf.grad((point) => tf.sum(value(point as tf.Tensor2D)))(theta).dispose();
    });
    expect(tf.memory().numBytes).toBe(before);
    return peakBytes - before - own;
  };
  const said = EXAMPLES * bytesPerExample;
  for (const network of [model.training, frozen]) {
    expect(await heap((point) => network.logits(point, inputs, 'gradient'))).toBeLessThan(said);
    expect(await heap((point) => network.logits(point, inputs, 'any'))).toBeLessThan(3 * said);
  }
  const along = (point: tf.Tensor2D): tf.Tensor => {
    const {derivative} = frozen.logitsAlong?.(point, theta, inputs) ?? {};
    if (derivative === undefined) throw new Error('no derivative');
    return derivative;
  };
  expect(await heap(along)).toBeLessThan(3 * said);
  tf.dispose([theta, inputs]);
});

it('refuses batches that could exhaust the heap, and suggests smaller ones that do not', () => {
  const {training} = resNet({inputShape: [32, 32, 3], classes: 10});
  const theta = tf.zeros<tf.Rank.R2>([1, training.layout.dimension]);
  // One number seen as many images: nothing is allocated before the refusal.
  const images = {shape: [1000, 32, 32, 3]} as unknown as tf.Tensor;
  expect(() => training.logits(theta, images, 'gradient')).toThrow(
    /at most \d+ examples, .* in a call of res-net-20 .* got 1000; evaluate in smaller chunks/,
  );
  theta.dispose();
  expect(examplesPerCall(training) * (training.bytesPerExample ?? 0)).toBeLessThanOrEqual(256 * 2 ** 20);
});

it('lets as many perceptrons be evaluated together as fit, where no kernel of their own keeps little', () => {
  const wide = {inputs: 2, hidden: [640, 640, 640], outputs: 1};
  expect(networksPerCall(mlp(wide), 2048)).toBe(64);
  const smooth = mlp({...wide, activation: 'gelu'});
  const networks = networksPerCall(smooth, 2048);
  // A product, a sum, an activation and as much again for derivatives, of each unit, in 4 GiB that it never reaches.
  expect(networks).toBeLessThan(2 ** 32 / (2048 * 4 * 8 * (3 * 640)));
  expect(networks).toBeGreaterThan(1);
  expect(networksPerCall(smooth, 1)).toBe(64);
  expect(networksPerCall(mlp({...wide, hidden: [10_000], activation: 'tanh'}), 2048)).toBe(1);
});
