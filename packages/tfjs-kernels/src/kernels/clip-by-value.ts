import {ClipByValue, util} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** Values no smaller than one bound and no larger than another; NaN stays NaN, of which the stock kernel makes the lower bound. */
export const clipByValue: Kernel = {
  name: ClipByValue,
  run({backend, module, inputs, attrs, makeOutput}) {
    const x = input(inputs, 'x');
    if (x.dtype !== 'float32') return undefined;
    const out = makeOutput(x.shape);
    const [low, high] = [attrs['clipValueMin'] as number, attrs['clipValueMax'] as number];
    module.clamp(util.sizeFromShape(x.shape), offsetOf(backend, x), low, high, offsetOf(backend, out));
    return out;
  },
};
