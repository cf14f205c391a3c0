import {AvgPool, MaxPool, type TensorInfo, backend_util, util} from '@tensorflow/tfjs-core';
import {type Kernel, type KernelCall, input} from '../kernel.ts';
import {floatsOf} from '../wasm-backend.ts';
import {share} from './identity.ts';

type PoolInfo = ReturnType<typeof backend_util.computePool2DInfo>;

/**
 * Pools of which some windows may hold nothing but padding: their maximum is −∞ and their mean NaN, as on the CPU backend. Of such
 * pools the stock kernels compute nothing, and leave what they find in the heap.
 */
export const paddedPools: readonly Kernel[] = [
  {name: MaxPool, run: (call) => pool(call, -Infinity, Math.max, (largest) => largest)},
  {
    name: AvgPool,
    run: (call) =>
      pool(
        call,
        0,
        (sum, value) => sum + value,
        (sum, count) => sum / count,
      ),
  },
];

function pool(
  {backend, inputs, attrs, makeOutput}: KernelCall,
  start: number,
  take: (pooled: number, value: number) => number,
  end: (pooled: number, count: number) => number,
): TensorInfo | undefined {
  const x = input(inputs, 'x');
  if (x.dtype !== 'float32') return undefined;
  const info = backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    attrs['filterSize'] as [number, number],
    attrs['strides'] as [number, number],
    1,
    attrs['pad'] as number,
    attrs['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined,
  );
  const {inShape, outShape, inChannels} = info;
  const onePixel = info.filterHeight === 1 && info.filterWidth === 1;
  // So do the other backends, whatever strides and padding are.
  if (onePixel && util.arraysEqual(inShape, outShape)) return share(backend, x);
  if (isServed(info)) return undefined;
  const out = makeOutput(outShape);
  const [from, to] = [floatsOf(backend, x), floatsOf(backend, out)];
  let place = 0;
  for (const pixels of windowsOf(info)) {
    for (let channel = 0; channel < inChannels; channel++) {
      const pooled = pixels.reduce((sum, pixel) => take(sum, from[pixel * inChannels + channel] ?? 0), start);
      to[place++] = end(pooled, pixels.length);
    }
  }
  return out;
}

/** Whether the stock kernels compute a pool, which they do where windows are as many as fit, and none holds padding alone. */
function isServed({padInfo, ...info}: PoolInfo): boolean {
  const {top, bottom, left, right} = padInfo;
  const fit = (size: number, before: number, after: number, filter: number, stride: number): number =>
    Math.max(before, after) < filter ? Math.floor((size + before + after - filter) / stride) + 1 : -1;
  return (
    info.outHeight === fit(info.inHeight, top, bottom, info.filterHeight, info.strideHeight) &&
    info.outWidth === fit(info.inWidth, left, right, info.filterWidth, info.strideWidth)
  );
}

/** The pixels in each window, row by row. */
function* windowsOf(info: PoolInfo): Generator<number[]> {
  const {batchSize, inHeight, inWidth, outHeight, outWidth, padInfo} = info;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const rows = within(row * info.strideHeight - padInfo.top, info.filterHeight, inHeight);
      for (let column = 0; column < outWidth; column++) {
        const columns = within(column * info.strideWidth - padInfo.left, info.filterWidth, inWidth);
        yield rows.flatMap((y) => columns.map((place) => (image * inHeight + y) * inWidth + place));
      }
    }
  }
}

/** Those of `count` places from `first` on that are below `length`, and not below 0. */
function within(first: number, count: number, length: number): number[] {
  return Array.from({length: count}, (_, i) => first + i).filter((place) => place >= 0 && place < length);
}
