import {startBackend} from '@minefield/backend/node';
import * as tf from '@tensorflow/tfjs-core';
import {expect, it} from 'vitest';
import {startNumerics} from './numerics.ts';

/** Bits of a sum of products, which kernels take in different orders. */
function bits(): string {
  return tf.tidy(() => {
    const a: tf.Tensor2D = tf.reshape(tf.cos(tf.range(0, 4096)), [1, 4096]);
    const b: tf.Tensor2D = tf.reshape(tf.sin(tf.range(0, 65_536)), [4096, 16]);
    const sums = tf.matMul(a, b);
    return Buffer.from(new Uint8Array(Float32Array.from(sums.dataSync()).buffer)).toString('hex');
  });
}

it('computes with what a record will say, whatever was started in between', async () => {
  const numerics = await startNumerics('portable');
  expect(numerics.provenance.backend).toMatchObject({name: 'wasm', kernels: 'simd'});
  const portable = bits();
  await startBackend({name: 'cpu'});
  expect(bits()).not.toBe(portable);
  for (const name of ['cpu', 'wasm'] as const) {
    await startBackend({name});
    expect(await startNumerics('portable')).toBe(numerics);
    expect(tf.getBackend()).toBe('wasm');
    expect(bits()).toBe(portable);
  }
});
