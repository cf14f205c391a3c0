import {AvgPool, MaxPool, type TensorInfo, backend_util, util} from '@tensorflow/tfjs-core';
import {type Kernel, type KernelCall, input} from '../kernel.ts';
import {floatsOf} from '../wasm-backend.ts';
import {share} from './identity.ts';

/**
 * Pools over windows of one pixel, which skip pixels where they have strides; for these the stock kernels leave what they find in
 * the heap.
 */
export const onePixelPools: readonly Kernel[] = [
  {name: MaxPool, run: (call) => pickPixels(call, -Infinity)},
  {name: AvgPool, run: (call) => pickPixels(call, Number.NaN)},
];

/** `ofNone` is the pool of a window that holds padding alone. */
function pickPixels(
  {backend, inputs, attrs, makeOutput}: KernelCall,
  ofNone: number,
): TensorInfo | undefined {
  const x = input(inputs, 'x');
  const {batchSize, inHeight, inWidth, inShape, outHeight, outWidth, outShape, inChannels, ...info} =
    backend_util.computePool2DInfo(
      x.shape as [number, number, number, number],
      attrs['filterSize'] as [number, number],
      attrs['strides'] as [number, number],
      1,
      attrs['pad'] as number,
      attrs['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined,
    );
  const {strideHeight, strideWidth, padInfo} = info;
  if (info.filterHeight !== 1 || info.filterWidth !== 1 || x.dtype !== 'float32') return undefined;
  // So do the other backends, whatever strides and padding are.
  if (util.arraysEqual(inShape, outShape)) return share(backend, x);
  const out = makeOutput(outShape);
  const [from, to] = [floatsOf(backend, x), floatsOf(backend, out)];
  let place = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const y = row * strideHeight - padInfo.top;
      for (let column = 0; column < outWidth; column++, place += inChannels) {
        const at = column * strideWidth - padInfo.left;
        if (y < 0 || y >= inHeight || at < 0 || at >= inWidth) {
          to.fill(ofNone, place, place + inChannels);
          continue;
        }
        const pixel = ((image * inHeight + y) * inWidth + at) * inChannels;
        to.set(from.subarray(pixel, pixel + inChannels), place);
      }
    }
  }
  return out;
}
