import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {largestError, randomValues, runs, startWasm, valuesOn} from '../../test/backends.ts';
import {unregisterKernels} from '../register-kernels.ts';

beforeAll(() => startWasm());
afterAll(unregisterKernels);

const sizes = {rows: fc.integer({min: 1, max: 3}), length: fc.integer({min: 1, max: 40})};
const cases = fc.record({...sizes, seed: fc.integer({min: 0, max: 1e6})});

const tensor = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);

const transforms: Readonly<Record<string, (shape: number[], seed: number) => tf.Tensor>> = {
  fft: (shape, seed) => tf.fft(tf.complex(tensor(shape, seed), tensor(shape, seed + 1))),
  ifft: (shape, seed) => tf.ifft(tf.complex(tensor(shape, seed), tensor(shape, seed + 1))),
  rfft: (shape, seed) => tf.rfft(tensor(shape, seed)),
  irfft: (shape, seed) => tf.irfft(tf.complex(tensor(shape, seed), tensor(shape, seed + 1))),
};

it.each(Object.keys(transforms))('%s agrees with the CPU backend', async (name) => {
  await fc.assert(
    fc.asyncProperty(cases, async ({rows, length, seed}) => {
      const compute = (): tf.Tensor =>
        (transforms[name] as (shape: number[], seed: number) => tf.Tensor)([rows, length], seed);
      // The CPU backend's roundings: up to 40 terms up to √2, angles in float32.
      expect(largestError(await valuesOn('wasm', compute), await valuesOn('cpu', compute))).toBeLessThan(
        1e-4,
      );
    }),
    {numRuns: runs},
  );
});

it('gives a signal back from its transform, to a float32 rounding', async () => {
  await tf.setBackend('wasm');
  const x = randomValues(4410, 3);
  const back = tf.irfft(tf.rfft(tf.tensor(x, [1, x.length]))).dataSync();
  expect(largestError(back, x)).toBeLessThan(1e-6);
});
