import {type ParameterLayout, sliceView} from '@minefield/core';
import {encodeSafetensors} from '@minefield/safetensors';
import {decodeCheckpoint} from './checkpoint.ts';
import {checkPoint} from './checks.ts';

/** K parameter vectors in one file: each tensor of {@link encodeCheckpoint} with a first axis of K. @throws {InputError} at a vector of another length */
export function encodeStack(
  thetas: readonly Float32Array[],
  layout: ParameterLayout,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  for (const theta of thetas) checkPoint('encodeStack', theta, layout.dimension);
  const tensors = layout.slices.map((slice) => {
    const data = new Float32Array(thetas.length * slice.size);
    thetas.forEach((theta, k) => data.set(sliceView(theta, slice), k * slice.size));
    return {name: slice.name, shape: [thetas.length, ...slice.shape], data};
  });
  return encodeSafetensors(tensors, metadata);
}

/**
 * The K vectors of {@link encodeStack}, `[P]` each.
 *
 * @throws {InputError} when the file lacks a slice of the layout, or holds it in another shape
 */
export function decodeStack(bytes: Uint8Array, layout: ParameterLayout, count: number): Float32Array[] {
  const stacked = {
    dimension: count * layout.dimension,
    slices: layout.slices.map((slice) => ({
      ...slice,
      shape: [count, ...slice.shape],
      offset: count * slice.offset,
      size: count * slice.size,
    })),
  };
  const all = decodeCheckpoint(bytes, stacked);
  return Array.from({length: count}, (_, k) => {
    const theta = new Float32Array(layout.dimension);
    for (const {offset, size} of layout.slices) {
      const first = count * offset + k * size;
      theta.set(all.subarray(first, first + size), offset);
    }
    return theta;
  });
}
