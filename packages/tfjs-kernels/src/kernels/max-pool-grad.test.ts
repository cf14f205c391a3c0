import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {beforeAll, expect, it} from 'vitest';
import {largestError, randomValues, runs, startWasm, valuesOn} from '../../test/backends.ts';

beforeAll(() => startWasm());

const pools = fc.record({
  images: fc.integer({min: 1, max: 2}),
  height: fc.integer({min: 1, max: 9}),
  width: fc.integer({min: 1, max: 9}),
  channels: fc.integer({min: 1, max: 6}),
  filter: fc.tuple(fc.integer({min: 1, max: 3}), fc.integer({min: 1, max: 3})),
  strides: fc.tuple(fc.integer({min: 1, max: 3}), fc.integer({min: 1, max: 3})),
  pad: fc.constantFrom('same' as const, 'valid' as const),
  /** Few distinct values, so that windows have several largest inputs. */
  ties: fc.boolean(),
  seed: fc.integer({min: 0, max: 1e6}),
});

it('sends each slope to the first of the largest inputs, as the CPU backend does', async () => {
  await fc.assert(
    fc.asyncProperty(pools, async ({images, height, width, channels, filter, strides, pad, ties, seed}) => {
      fc.pre(pad === 'same' || (filter[0] <= height && filter[1] <= width));
      const shape: [number, number, number, number] = [images, height, width, channels];
      const values = randomValues(tf.util.sizeFromShape(shape), seed).map((value) =>
        ties ? Math.round(2 * value) : value,
      );
      const compute = (): tf.Tensor => {
        const x = tf.tensor4d(values, shape);
        const pooled = tf.maxPool(x, filter, strides, pad);
        const dy = tf.tensor(randomValues(pooled.size, seed + 1), pooled.shape);
        const attrs = {filterSize: filter, strides, pad};
        return tf.engine().runKernel('MaxPoolGrad', {dy, input: x, output: pooled}, attrs);
      };
      // Sums of up to nine slopes in another order.
      expect(largestError(await valuesOn('wasm', compute), await valuesOn('cpu', compute))).toBeLessThan(
        2e-6,
      );
    }),
    {numRuns: runs},
  );
});
