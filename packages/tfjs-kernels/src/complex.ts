import type {TensorInfo} from '@tensorflow/tfjs-core';
import {type KernelCall, input} from './kernel.ts';
import type {WasmBackend} from './wasm-backend.ts';

/*
 * A complex64 tensor lies in the heap as a float32 tensor of one dimension more, of length 2: real part, imaginary part. The
 * backend knows it as such, so that it reads it as TensorFlow.js wants complex numbers, in pairs; only the tensor is called
 * complex64.
 */

/** The pairs of a complex tensor [...shape] as a float32 tensor [...shape, 2]. */
export function pairsOf(backend: WasmBackend, {dataId, shape, dtype}: TensorInfo): TensorInfo {
  if (dtype !== 'complex64') {
    throw new TypeError(`tfjs-kernels: expected complex64 tensors, got one of dtype ${dtype}; cast it`);
  }
  const data = backend.dataIdMap.get(dataId);
  // One that came from another backend lies in the heap in pairs too, but by a name under which it cannot be read.
  if (data.dtype === 'complex64') Object.assign(data, {dtype: 'float32', shape: [...data.shape, 2]});
  return {dataId, shape: [...shape, 2], dtype: 'float32'};
}

/** The complex tensor [...shape] whose pairs are a float32 tensor [...shape, 2]. */
export function complexOf({dataId, shape}: TensorInfo): TensorInfo {
  return {dataId, shape: shape.slice(0, -1), dtype: 'complex64'};
}

/** An input as pairs. */
export function pairsInput({backend, inputs}: KernelCall, name: string): TensorInfo {
  return pairsOf(backend, input(inputs, name));
}
