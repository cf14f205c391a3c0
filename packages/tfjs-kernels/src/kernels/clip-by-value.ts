import {ClipByValue, util} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {memoryOf, offsetOf} from '../wasm-backend.ts';

/**
 * Values no smaller than one bound and no larger than another. NaN stays NaN, of which the stock kernel makes the lower bound; whole
 * numbers are compared as such, where it takes their bits for floats.
 */
export const clipByValue: Kernel = {
  name: ClipByValue,
  run({backend, module, inputs, attrs, makeOutput}) {
    const x = input(inputs, 'x');
    if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
    const [low, high] = [attrs['clipValueMin'] as number, attrs['clipValueMax'] as number];
    const out = makeOutput(x.shape, x.dtype);
    const [from, to, size] = [offsetOf(backend, x), offsetOf(backend, out), util.sizeFromShape(x.shape)];
    if (x.dtype === 'float32') {
      module.clamp(size, from, low, high, to);
    } else {
      const {buffer} = memoryOf(backend);
      const target = new Int32Array(buffer, to, size);
      new Int32Array(buffer, from, size).forEach((value, i) => {
        target[i] = Math.min(Math.max(value, low), high);
      });
    }
    return out;
  },
};
