import * as tf from '@tensorflow/tfjs-core';
// Brings the gradients of TensorFlow.js's operations.
import '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, sets, startWasm, valuesOn} from '../../test/backends.ts';

const cases = fc.record({
  rows: fc.integer({min: 0, max: 40}),
  shape: fc.array(fc.integer({min: 0, max: 7}), {maxLength: 3}),
  segments: fc.integer({min: 1, max: 9}),
  seed: fc.integer({min: 0, max: 1e6}),
});

describe.each(sets)('with %s', (_, options) => {
  beforeAll(() => startWasm(options));

  it('sums rows as the CPU backend does, and leaves out those of no segment', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({rows, shape, segments, seed}) => {
        const whole = [rows, ...shape];
        const ids = randomValues(rows, seed).map(
          (value) => Math.floor((value + 1) * (segments + 2) * 0.5) - 1,
        );
        const compute = (): tf.Tensor =>
          tf.unsortedSegmentSum(
            tf.tensor(randomValues(tf.util.sizeFromShape(whole), seed + 1), whole),
            tf.tensor1d(ids, 'int32'),
            segments,
          );
        const [actual, expected] = [await valuesOn('wasm', compute), await valuesOn('cpu', compute)];
        expect(largestError(actual, expected)).toBeLessThanOrEqual(1e-5);
      }),
      {numRuns: runs},
    );
  });

  it('gives a gather its gradient, along any axis and for words that are met again', async () => {
    for (const axis of [0, 1, 2]) {
      const compute = (): tf.Tensor => {
        const weights = tf.tensor3d(randomValues(4 * 5 * 6, 1), [4, 5, 6]);
        const indices = tf.tensor2d([3, 0, 3, 3, 1, 0], [2, 3], 'int32');
        return tf.grad((table) => tf.sum(tf.square(tf.gather(table, indices, axis))))(weights);
      };
      const [actual, expected] = [await valuesOn('wasm', compute), await valuesOn('cpu', compute)];
      expect(largestError(actual, expected)).toBeLessThanOrEqual(1e-5);
      // d Σ w² = 2 w for each time that it is met.
      expect(actual.filter((value) => value !== 0).length).toBe((3 * 4 * 5 * 6) / ([4, 5, 6][axis] ?? 1));
    }
  });

  it('refuses as many segments as there are not rows', async () => {
    const compute = (): tf.Tensor => tf.unsortedSegmentSum(tf.ones([3, 2]), tf.tensor1d([0, 1], 'int32'), 2);
    await expect(valuesOn('wasm', compute)).rejects.toThrow(
      'tfjs-kernels.unsortedSegmentSum: expected a segment for each row, got rows [3,2] and segments [2]',
    );
  });
});
