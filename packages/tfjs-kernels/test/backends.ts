import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {type RegisterKernelsOptions, registerKernels} from '../src/register-kernels.ts';

/** Thousands of generated cases instead of tens. */
export const full: boolean = process.env['MINEFIELD_FULL'] === '1';

/** How many cases a property is checked on. */
export const runs: number = full ? 2000 : 60;

export const sets: readonly (readonly [name: string, options: RegisterKernelsOptions])[] = [
  ['the fastest set', {}],
  ['the deterministic set', {deterministic: true}],
];

/** Makes WASM the backend, with our kernels. */
export async function startWasm(options: RegisterKernelsOptions = {}): Promise<void> {
  await tf.setBackend('wasm');
  await registerKernels(options);
}

/** The values that `compute` gives on a backend. Nothing that it allocates may be left. */
export async function valuesOn(backend: 'cpu' | 'wasm', compute: () => tf.Tensor): Promise<Float32Array> {
  await tf.setBackend(backend);
  const before = tf.memory();
  const dataBefore = tf.engine().backend.numDataIds();
  const result = tf.tidy(compute);
  const values = Float32Array.from(result.dataSync());
  result.dispose();
  const after = tf.memory();
  if (after.numTensors !== before.numTensors || after.numBytes !== before.numBytes) {
    throw new Error(`${after.numTensors - before.numTensors} tensors were left`);
  }
  if (tf.engine().backend.numDataIds() !== dataBefore) throw new Error('data was left in the backend');
  return values;
}

/** The largest |actual − expected|; NaN agrees with NaN alone, infinities with themselves. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const [x = Number.NaN, y = Number.NaN] = [actual[i], expected[i]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const error = Math.abs(x - y);
    largest = Number.isNaN(error) ? Infinity : Math.max(largest, error);
  }
  return largest;
}

/** `count` values between −1 and 1 that depend on `seed`: a linear congruential generator is enough to tell sums apart. */
export function randomValues(count: number, seed: number): Float32Array {
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e37_79b9) >>> 0;
  return Float32Array.from({length: count}, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
