import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {largestError, randomValues, runs, startWasm, valuesOn} from '../test/backends.ts';
import {unregisterKernels} from './register-kernels.ts';

beforeAll(async () => {
  await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
  await startWasm();
});
afterAll(unregisterKernels);

const convolutions = fc.record({
  images: fc.integer({min: 1, max: 2}),
  height: fc.integer({min: 3, max: 6}),
  width: fc.integer({min: 3, max: 6}),
  channels: fc.integer({min: 1, max: 3}),
  filters: fc.integer({min: 1, max: 5}),
  strides: fc.constantFrom<number | [number, number]>(1, 2, [1, 2]),
  pad: fc.constantFrom<'same' | 'valid' | tf.backend_util.ExplicitPadding>(
    'same',
    'valid',
    // Explicit padding names its dimensions in the order of the images.
    [[0, 0], [0, 0], [1, 0], [0, 2]], // prettier-ignore
  ),
  seed: fc.integer({min: 0, max: 1e6}),
});

type Case = typeof convolutions extends fc.Arbitrary<infer T> ? T : never;

const tensor = <R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> =>
  tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);

function operandsOf({images, channels, height, width, filters, seed}: Case) {
  return {
    x: tensor<tf.Rank.R4>([images, channels, height, width], seed),
    filter: tensor<tf.Rank.R4>([2, 3, channels, filters], seed + 1),
  };
}

/** What is computed in NCHW order. */
const operations: Readonly<Record<string, (one: Case) => tf.Tensor>> = {
  convolution(one) {
    const {x, filter} = operandsOf(one);
    return tf.conv2d(x, filter, one.strides, one.pad, 'NCHW');
  },
  'its gradient by the images': (one) => {
    const {x, filter} = operandsOf(one);
    const loss = (images: tf.Tensor4D): tf.Scalar =>
      tf.sum(tf.square(tf.conv2d(images, filter, one.strides, one.pad, 'NCHW')));
    return tf.grad(loss as (x: tf.Tensor) => tf.Tensor)(x);
  },
  'its gradient by the filter': (one) => {
    const {x, filter} = operandsOf(one);
    const loss = (taps: tf.Tensor4D): tf.Scalar =>
      tf.sum(tf.square(tf.conv2d(x, taps, one.strides, one.pad, 'NCHW')));
    return tf.grad(loss as (x: tf.Tensor) => tf.Tensor)(filter);
  },
  'convolution with bias and PReLU': (one) => {
    const {x, filter} = operandsOf(one);
    const bias = tensor<tf.Rank.R1>([one.filters], one.seed + 2);
    const preluActivationWeights = tensor<tf.Rank.R3>([one.filters, 1, 1], one.seed + 3);
    const {strides, pad} = one;
    // TensorFlow.js refuses the weights with explicit padding, which it takes for that of NHWC order.
    return tf
      .engine()
      .runKernel(
        'FusedConv2D',
        {x, filter, bias, preluActivationWeights},
        {strides, pad, dataFormat: 'NCHW', dilations: 1, activation: 'prelu'},
      );
  },
};

it.each(Object.keys(operations))('%s in NCHW order is that of the CPU backend', async (name) => {
  await fc.assert(
    fc.asyncProperty(convolutions, async (one) => {
      const compute = (): tf.Tensor => (operations[name] as (one: Case) => tf.Tensor)(one);
      // Gradients are sums of up to 72 products of outputs up to 18, in another order.
      expect(largestError(await valuesOn('wasm', compute), await valuesOn('cpu', compute))).toBeLessThan(
        2e-4,
      );
    }),
    {numRuns: runs},
  );
});

it('still refuses whole numbers', async () => {
  await tf.setBackend('wasm');
  const [x, dy] = [tf.ones([1, 1, 3, 3], 'int32'), tf.ones([1, 1, 3, 3], 'int32')];
  const attributes = {strides: 1, pad: 'same', dataFormat: 'NCHW', filterShape: [1, 1, 1, 1]};
  expect(() => tf.engine().runKernel('Conv2DBackpropFilter', {x, dy}, attributes)).toThrow(
    'tfjs-kernels: Conv2DBackpropFilter on the WASM backend takes float32 tensors in NHWC order; cast or transpose them',
  );
});
