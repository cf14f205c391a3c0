import {FFT, IFFT, type TensorInfo} from '@tensorflow/tfjs-core';
import {complexOf, pairsInput} from '../complex.ts';
import {fourierTransform} from '../fourier.ts';
import type {Kernel, KernelCall} from '../kernel.ts';
import {floatsOf} from '../wasm-backend.ts';

/** Fourier transforms over the last dimension, computed in float64. */
export const fourier: readonly Kernel[] = [
  {name: FFT, run: (call) => transformRows(call, false)},
  {name: IFFT, run: (call) => transformRows(call, true)},
];

function transformRows(call: KernelCall, inverse: boolean): TensorInfo {
  const pairs = pairsInput(call, 'input');
  const out = call.makeOutput(pairs.shape);
  const [from, to] = [floatsOf(call.backend, pairs), floatsOf(call.backend, out)];
  const n = pairs.shape.at(-2) ?? 1;
  const transform = fourierTransform(n);
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  const scale = inverse ? n : 1;
  for (let start = 0; start < from.length; start += 2 * n) {
    for (let k = 0; k < n; k++) {
      re[k] = from[start + 2 * k] ?? 0;
      im[k] = from[start + 2 * k + 1] ?? 0;
    }
    if (inverse) transform(im, re);
    else transform(re, im);
    for (let k = 0; k < n; k++) {
      to[start + 2 * k] = (re[k] ?? 0) / scale;
      to[start + 2 * k + 1] = (im[k] ?? 0) / scale;
    }
  }
  return complexOf(out);
}
