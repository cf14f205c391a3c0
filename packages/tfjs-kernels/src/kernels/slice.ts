import {
  type NamedAttrMap,
  Slice,
  type Tensor,
  type TensorInfo,
  slice_util,
  util,
} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {memoryOf, offsetOf} from '../wasm-backend.ts';
import {share} from './identity.ts';

/** A block of a tensor, copied in the heap; the stock kernel copies the whole tensor first, and reads past its end. */
export const slice: Kernel = {
  name: Slice,
  run({backend, inputs, attrs, makeOutput}) {
    const x = input(inputs, 'x');
    const [begin, size] = blockOf(x, attrs);
    slice_util.assertParamsValid(x, begin, size);
    if (Math.min(...begin, ...size) < 0) {
      throw new RangeError(
        `tfjs-kernels.slice: expected a block within [${x.shape}], got one of [${size}] that starts at [${begin}]`,
      );
    }
    if (x.dtype === 'string') return undefined;
    if (util.arraysEqual(size, x.shape)) return share(backend, x);
    const out = makeOutput(size, x.dtype);
    if (util.sizeFromShape(size) === 0) return out;
    const bytes = util.bytesPerElement(x.dtype);
    const steps = x.shape.map((_, axis) => bytes * util.sizeFromShape(x.shape.slice(axis + 1)));
    // Dimensions that are taken whole are copied with the one before them.
    const last = size.findLastIndex((length, axis) => length !== x.shape[axis]);
    const run = (size[last] ?? 1) * (steps[last] ?? bytes);
    const from = begin.reduce(
      (offset, index, axis) => offset + index * (steps[axis] ?? 0),
      offsetOf(backend, x),
    );
    let to = offsetOf(backend, out);
    const heap = new Uint8Array(memoryOf(backend).buffer);
    const copy = (axis: number, offset: number): void => {
      if (axis === last) {
        heap.copyWithin(to, offset, offset + run);
        to += run;
        return;
      }
      const step = steps[axis] ?? 0;
      for (let i = 0; i < (size[axis] ?? 0); i++) copy(axis + 1, offset + i * step);
    };
    copy(0, from);
    return out;
  },
};

/** Where a block starts and how large it is, in every dimension. */
export function blockOf({shape}: TensorInfo, attrs: NamedAttrMap): [begin: number[], size: number[]] {
  const x = {shape, rank: shape.length} as Tensor;
  return slice_util.parseSliceParams(x, attrs['begin'] as number[], attrs['size'] as number[]) as [
    number[],
    number[],
  ];
}
