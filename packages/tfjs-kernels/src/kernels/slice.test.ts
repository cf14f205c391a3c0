import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {largestError, randomValues, runs, startWasm, valuesOn} from '../../test/backends.ts';
import {unregisterKernels} from '../register-kernels.ts';

beforeAll(() => startWasm());
afterAll(unregisterKernels);

/** A dimension's length, and where in it a block starts and ends. */
const dimension = fc
  .tuple(fc.integer({min: 1, max: 5}), fc.nat(), fc.nat())
  .map(([length, a, b]) => ({length, begin: a % length, size: b % (length - (a % length) + 1)}));

const blocks = fc.record({
  dimensions: fc.array(dimension, {minLength: 1, maxLength: 6}),
  dtype: fc.constantFrom('float32' as const, 'int32' as const, 'bool' as const),
  seed: fc.integer({min: 0, max: 1e6}),
});

it('takes the block that the CPU backend takes', async () => {
  await fc.assert(
    fc.asyncProperty(blocks, async ({dimensions, dtype, seed}) => {
      const shape = dimensions.map(({length}) => length);
      const compute = (): tf.Tensor => {
        const values = randomValues(tf.util.sizeFromShape(shape), seed).map((value) =>
          dtype === 'float32' ? value : Math.round(100 * value),
        );
        const x = tf.cast(tf.tensor(values, shape), dtype);
        return tf.slice(
          x,
          dimensions.map(({begin}) => begin),
          dimensions.map(({size}) => size),
        );
      };
      expect(largestError(await valuesOn('wasm', compute), await valuesOn('cpu', compute))).toBe(0);
    }),
    {numRuns: 2 * runs},
  );
});

it.each([
  [[1, 1], [10, 10], /would overflow input.shape/],
  [[-2, 0], [2, 3], /expected a block within \[4,3\], got one of \[2,3\] that starts at \[-2,0\]/],
  [[5, 0], [-1, 3], /expected a block within \[4,3\], got one of \[-1,3\] that starts at \[5,0\]/],
])('refuses a block of %j that starts at %j', async (begin, size, message) => {
  await tf.setBackend('wasm');
  const x = tf.zeros([4, 3]);
  expect(() => tf.engine().runKernel('Slice', {x}, {begin, size})).toThrow(message);
});

it('shares the values where it takes all', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const before = tf.engine().backend.numDataIds();
  const all = tf.slice(x, [0, 0], [2, -1]);
  expect(tf.engine().backend.numDataIds()).toBe(before);
  x.dispose();
  expect([...all.dataSync()]).toEqual([1, 2, 3, 4]);
});
