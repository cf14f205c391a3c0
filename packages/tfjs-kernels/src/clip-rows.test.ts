import * as tf from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {randomValues, startWasm} from '../test/backends.ts';
import {clipRows} from './clip-rows.ts';

/** Values and norms of three rows, of which the limit clips some. */
function outcome(width: number, limit: number): Float32Array {
  const values = randomValues(3 * width, 5).map((value, i) =>
    i < width ? value * 100 : i < 2 * width ? value : 0,
  );
  const rows = tf.tensor2d(values, [3, width]);
  const before = tf.memory().numTensors;
  const {clipped, norms} = clipRows(rows, limit);
  expect(tf.memory().numTensors).toBe(before + 2);
  const result = Float32Array.of(...clipped.dataSync(), ...norms.dataSync());
  tf.dispose([rows, clipped, norms]);
  return result;
}

describe('clipRows', () => {
  it('has the bits of the same operations one by one', async () => {
    for (const deterministic of [false, true]) {
      for (const [width, limit] of [
        [1, 0.1],
        [7, 2],
        [3614, 8],
        [5000, 0.3],
      ] as const) {
        await startWasm({deterministic});
        const fused = outcome(width, limit);
        // The other kernels stay: stock sums add up in another order.
        tf.unregisterKernel('ClipRows', 'wasm');
        expect(fused).toEqual(outcome(width, limit));
      }
    }
  });

  it('scales long rows down to the limit, and leaves the others', async () => {
    await startWasm();
    const rows = tf.tensor2d([3, 4, 0.3, 0.4, 0, 0], [3, 2]);
    const {clipped, norms} = clipRows(rows, 1);
    [5, 0.5, 0].forEach((norm, k) => expect(norms.dataSync()[k]).toBeCloseTo(norm, 6));
    [0.6, 0.8, 0.3, 0.4, 0, 0].forEach((value, i) => expect(clipped.dataSync()[i]).toBeCloseTo(value, 6));
    tf.dispose([rows, clipped, norms]);
  });

  it('refuses a limit that is none', () => {
    const rows = tf.zeros<tf.Rank.R2>([1, 1]);
    for (const limit of [0, -1, Number.NaN]) expect(() => clipRows(rows, limit)).toThrow(/limit > 0/);
    rows.dispose();
  });
});
