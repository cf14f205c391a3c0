import {Mean, Sum, backend_util, util} from '@tensorflow/tfjs-core';
import {at} from '../at.ts';
import {type Kernel, type KernelCall, input} from '../kernel.ts';
import {floatsOf, offsetOf} from '../wasm-backend.ts';

/** Sum and mean over neighbouring axes. */
export const sums: readonly Kernel[] = [
  {name: Sum, run: (call) => reduce(call, () => 1)},
  {name: Mean, run: (call) => reduce(call, (length) => length)},
];

function reduce(
  {backend, module, inputs, attrs, makeOutput}: KernelCall,
  divisorOf: (length: number) => number,
) {
  const x = input(inputs, 'x');
  const axes = util.parseAxisParam(attrs['axis'] as number | number[] | null as number[], x.shape);
  axes.sort((a, b) => a - b);
  if (axes.length === 0) return undefined;
  const first = at(axes, 0);
  // Axes of one element between the summed ones change nothing.
  const last = at(axes, -1);
  const neighbours = x.shape
    .slice(first, last + 1)
    .every((length, i) => length === 1 || axes.includes(first + i));
  const empty = util.sizeFromShape(x.shape) === 0;
  if (x.dtype !== 'float32' || !(neighbours || empty)) return undefined;
  const shape = x.shape.filter((_, axis) => !axes.includes(axis));
  const out = makeOutput(attrs['keepDims'] === true ? backend_util.expandShapeToKeepDim(shape, axes) : shape);
  if (empty) {
    // The stock kernels leave what they find in the heap.
    floatsOf(backend, out).fill(divisorOf(0) === 0 ? Number.NaN : 0);
    return out;
  }
  const length = util.sizeFromShape(x.shape.slice(first, last + 1));
  const outer = util.sizeFromShape(x.shape.slice(0, first));
  const inner = util.sizeFromShape(x.shape.slice(last + 1));
  module.sum(outer, length, inner, offsetOf(backend, x), divisorOf(length), offsetOf(backend, out));
  return out;
}
