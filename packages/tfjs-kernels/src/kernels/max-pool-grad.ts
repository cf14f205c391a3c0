import {MaxPoolGrad, backend_util} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {floatsOf} from '../wasm-backend.ts';

type PoolInfo = ReturnType<typeof backend_util.computePool2DInfo>;

/**
 * Gradient of a maximum over windows of an image: the slope of each output goes to the first of its window's largest
 * inputs. Written in JavaScript, over the backend's memory: it has nothing for SIMD to do, and takes a tenth of the time
 * of the stock kernel.
 */
export const maxPoolGrad: Kernel = {
  name: MaxPoolGrad,
  run({backend, inputs, attrs, makeOutput}) {
    const [x, dy] = [input(inputs, 'input'), input(inputs, 'dy')];
    if (x.dtype !== 'float32' || dy.dtype !== 'float32' || x.shape.length !== 4) return undefined;
    const info = backend_util.computePool2DInfo(
      x.shape as [number, number, number, number],
      attrs['filterSize'] as [number, number],
      attrs['strides'] as [number, number],
      1,
      attrs['pad'] as number,
      attrs['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined,
    );
    const out = makeOutput(x.shape);
    const target = floatsOf(backend, out);
    target.fill(0);
    scatter(info, floatsOf(backend, x), floatsOf(backend, dy), target);
    return out;
  },
};

function scatter(info: PoolInfo, x: Float32Array, dy: Float32Array, dx: Float32Array): void {
  const {batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels} = info;
  const {strideHeight, strideWidth, filterHeight, filterWidth, padInfo} = info;
  let slope = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const first = row * strideHeight - padInfo.top;
      const [top, bottom] = [Math.max(0, first), Math.min(inHeight, first + filterHeight)];
      for (let column = 0; column < outWidth; column++) {
        const start = column * strideWidth - padInfo.left;
        const [left, right] = [Math.max(0, start), Math.min(inWidth, start + filterWidth)];
        for (let channel = 0; channel < channels; channel++, slope++) {
          let largest = -Infinity;
          let place = -1;
          for (let y = top; y < bottom; y++) {
            let at = ((image * inHeight + y) * inWidth + left) * channels + channel;
            for (let n = right - left; n > 0; n--) {
              const value = x[at] ?? 0;
              if (value > largest) {
                largest = value;
                place = at;
              }
              at += channels;
            }
          }
          if (place >= 0) dx[place] = (dx[place] ?? 0) + (dy[slope] ?? 0);
        }
      }
    }
  }
}
