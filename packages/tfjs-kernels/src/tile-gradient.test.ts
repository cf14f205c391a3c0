import * as tf from '@tensorflow/tfjs-core';
import {afterEach, beforeAll, expect, it} from 'vitest';
import '../test/backends.ts';
import {registerKernels, unregisterKernels} from './register-kernels.ts';
import {tileGradient} from './tile-gradient.ts';

beforeAll(async () => {
  await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
  await tf.setBackend('wasm');
});

afterEach(() => {
  unregisterKernels();
});

/** The gradient of a weighted sum of a tiled tensor. */
function slopes(shape: number[], reps: number[]): Float32Array {
  return tf.tidy(() => {
    const x = tf.randomNormal(shape, 0, 1, 'float32', 1);
    const weights = tf.randomNormal(
      shape.map((length, i) => length * (reps[i] ?? 1)),
      0,
      1,
      'float32',
      2,
    );
    const [slope] = tf.grads((one: tf.Tensor) => tf.sum(tf.mul(tf.tile(one, reps), weights)))([x]);
    return (slope as tf.Tensor).dataSync() as Float32Array;
  });
}

const cases: [number[], number[]][] = [
  [[5], [3]],
  [
    [2, 3],
    [4, 1],
  ],
  [
    [2, 3],
    [1, 5],
  ],
  [
    [1, 1, 6],
    [3, 4, 1],
  ],
  [
    [2, 1, 3, 2],
    [2, 3, 1, 4],
  ],
  [[3], [1]],
];

it.each(cases)('is that of TensorFlow.js, for %j repeated %j times', async (shape, reps) => {
  const stock = slopes(shape, reps);
  await registerKernels({deterministic: true});
  expect(tf.getGradient('Tile')).toBe(tileGradient);
  const ours = slopes(shape, reps);
  expect(ours).toHaveLength(stock.length);
  ours.forEach((slope, i) => expect(slope).toBeCloseTo(stock[i] ?? Number.NaN, 4));
});

it('gives the stock gradient its place back', async () => {
  const stock = tf.getGradient('Tile');
  await registerKernels();
  unregisterKernels();
  expect(tf.getGradient('Tile')).toBe(stock);
});
