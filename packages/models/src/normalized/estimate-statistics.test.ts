import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, expect, it} from 'vitest';
import {initialize} from '../initialize.ts';
import {convNet} from './conv-net.ts';
import {estimateStatistics} from './estimate-statistics.ts';

const model = convNet({inputShape: [8, 8, 1], widths: [4, 6], strides: [1, 2], classes: 3});
const theta = initialize(model.layout, 'kaiming-normal', {generator: createGenerator(1)});
const images = new Float32Array(10 * 64);
createGenerator(2).fillNormalInto(images);

beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
});

function momentsOf(inputs: Float32Array): Float32Array {
  return tf.tidy(() =>
    Float32Array.from(
      model
        .batchMoments(tf.tensor2d(theta, [1, theta.length]), tf.tensor(inputs, [inputs.length / 64, 8, 8, 1]))
        .dataSync(),
    ),
  );
}

it('gives the moments of a set that fits into one chunk', async () => {
  expect(await estimateStatistics(model, theta, images)).toEqual(momentsOf(images));
});

it('pools the moments of chunks of nearly equal size', async () => {
  // Ten examples in chunks of at most four are chunks of 3, 4 and 3.
  const estimated = await estimateStatistics(model, theta, images, {batch: 4});
  const chunks = [
    [0, 3],
    [3, 7],
    [7, 10],
  ].map(([from = 0, to = 0]) => ({
    share: (to - from) / 10,
    moments: momentsOf(images.slice(from * 64, to * 64)),
  }));
  const pooled = (of: (moments: Float32Array) => number): number =>
    chunks.reduce((sum, {share, moments}) => sum + share * of(moments), 0);
  for (const [index, {kind, offset, size}] of model.statistics.slices.entries()) {
    for (let channel = 0; channel < size; channel++) {
      const at = (i: number) => (model.statistics.slices[i]?.offset ?? 0) + channel;
      const mean = pooled((moments) => moments[at(kind === 'mean' ? index : index - 1)] ?? 0);
      const variance = pooled(
        (moments) => (moments[offset + channel] ?? 0) + ((moments[at(index - 1)] ?? 0) - mean) ** 2,
      );
      expect(estimated[offset + channel]).toBeCloseTo(kind === 'mean' ? mean : variance, 5);
    }
  }
});

it('is exact for the first layer, whatever the chunks', async () => {
  const whole = momentsOf(images);
  const estimated = await estimateStatistics(model, theta, images, {batch: 3});
  for (let i = 0; i < 8; i++) expect(estimated[i]).toBeCloseTo(whole[i] ?? Number.NaN, 5);
});

it('makes of the frozen network, on the very set, the network in training', async () => {
  const frozen = model.frozen(await estimateStatistics(model, theta, images));
  const [asFrozen = [], inTraining = []] = [frozen, model.training].map((network) =>
    tf.tidy(() => [
      ...network.logits(tf.tensor2d(theta, [1, theta.length]), tf.tensor(images, [10, 8, 8, 1])).dataSync(),
    ]),
  );
  inTraining.forEach((logit, i) => expect(asFrozen[i]).toBeCloseTo(logit, 4));
});

it('leaves no tensor behind, and stops when it is told to', async () => {
  const before = tf.memory().numTensors;
  await estimateStatistics(model, theta, images, {batch: 2});
  expect(tf.memory().numTensors).toBe(before);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(estimateStatistics(model, theta, images, {signal})).rejects.toThrow('enough');
});

it('refuses parameters and examples of other sizes', async () => {
  await expect(estimateStatistics(model, theta.slice(1), images)).rejects.toThrow(
    `expected ${theta.length} parameters`,
  );
  await expect(estimateStatistics(model, theta, images.slice(1))).rejects.toThrow('examples of 64 numbers');
  await expect(estimateStatistics(model, theta, new Float32Array())).rejects.toThrow(
    `got ${theta.length} and 0 numbers`,
  );
});
