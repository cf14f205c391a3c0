import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, startWasm, valuesOn} from '../../test/backends.ts';
import {unregisterKernels} from '../register-kernels.ts';

// Kernels of which the stock backend computes wrong numbers.

beforeAll(() => startWasm());
afterAll(unregisterKernels);

const seeds = fc.integer({min: 0, max: 1e6});

/** How far a computation is from that of the CPU backend. */
async function errorOf(compute: () => tf.Tensor): Promise<number> {
  return largestError(await valuesOn('wasm', compute), await valuesOn('cpu', compute));
}

describe('clipByValue', () => {
  const values = fc.array(fc.oneof(fc.float(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 2, -3)), {
    maxLength: 40,
  });

  it('keeps NaN, and is else that of the CPU backend', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.float({noNaN: true}), fc.float({noNaN: true}), async (all, a, b) => {
        const clip = (): tf.Tensor => tf.clipByValue(tf.tensor1d(all), Math.min(a, b), Math.max(a, b));
        expect(await errorOf(clip)).toBe(0);
      }),
      {numRuns: runs},
    );
  });

  it('compares whole numbers as such', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({min: -99, max: 99}), {maxLength: 20}), async (all) => {
        expect(await errorOf(() => tf.clipByValue(tf.tensor1d(all, 'int32'), -7, 40))).toBe(0);
      }),
      {numRuns: runs},
    );
  });
});

it.each(['float32', 'int32'] as const)(
  'a cast of %s to booleans has 1 for all that is not 0',
  async (dtype) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(0, 0.25, 1, 3, 256, -1, -512)), async (all) => {
        expect(await errorOf(() => tf.cast(tf.tensor1d(all, dtype), 'bool'))).toBe(0);
      }),
      {numRuns: runs},
    );
  },
);

it('counts over all of a tensor, with weights and without', async () => {
  const cases = fc.record({rows: fc.integer({min: 1, max: 4}), seed: seeds, weighted: fc.boolean()});
  await fc.assert(
    fc.asyncProperty(cases, async ({rows, seed, weighted}) => {
      // Whole weights, so that the order of sums is of no account.
      const whole = (one: number, most: number): Float32Array =>
        randomValues(3 * rows, one).map((value) => Math.floor(((value + 1) / 2) * most));
      const count = (): tf.Tensor => {
        const x = tf.tensor(whole(seed, 9), [rows, 3], 'int32');
        const weights = weighted ? tf.tensor(whole(seed + 1, 5), [rows, 3]) : tf.tensor1d([]);
        return tf.bincount(x as tf.Tensor1D, weights as tf.Tensor1D, 6);
      };
      expect(await errorOf(count)).toBe(0);
    }),
    {numRuns: runs},
  );
});

describe.each(['MaxPool', 'AvgPool'])('%s', (name) => {
  const size = fc.integer({min: 1, max: 6});
  const step = fc.integer({min: 1, max: 3});
  const pools = fc.record({
    height: size,
    width: size,
    channels: fc.integer({min: 1, max: 3}),
    filter: fc.tuple(step, step),
    strides: fc.tuple(step, step),
    pad: fc.constantFrom<'same' | 'valid' | number>('same', 'valid', 1, 2, 3),
    dimRoundingMode: fc.constantFrom('floor', 'round', 'ceil'),
    seed: seeds,
  });

  it('is that of the CPU backend, also of windows that hold nothing but padding', async () => {
    await fc.assert(
      fc.asyncProperty(
        pools,
        async ({height, width, channels, filter, strides, pad, dimRoundingMode, seed}) => {
          const around = typeof pad === 'number' ? 2 * pad : 0;
          fc.pre(pad === 'same' || (filter[0] <= height + around && filter[1] <= width + around));
          const pool = (): tf.Tensor => {
            const shape = [2, height, width, channels];
            const x = tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
            const attributes = {filterSize: filter, strides, pad, dimRoundingMode};
            return tf.engine().runKernel(name, {x}, attributes);
          };
          // Means of up to nine values are rounded apart.
          expect(await errorOf(pool)).toBeLessThan(2e-7);
        },
      ),
      {numRuns: 4 * runs},
    );
  });
});
