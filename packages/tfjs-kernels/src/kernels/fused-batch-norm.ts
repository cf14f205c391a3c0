import {FusedBatchNorm, util} from '@tensorflow/tfjs-core';
import {type Kernel, input, optionalInput} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** (x − mean) / √(variance + ε) · scale + offset, one of each for every channel. */
export const fusedBatchNorm: Kernel = {
  name: FusedBatchNorm,
  run({backend, module, inputs, attrs, makeOutput}) {
    const [x, mean, variance] = [input(inputs, 'x'), input(inputs, 'mean'), input(inputs, 'variance')];
    const [offset, scale] = [optionalInput(inputs, 'offset'), optionalInput(inputs, 'scale')];
    const channels = x.shape.at(-1) ?? 1;
    const parameters = [mean, variance, ...[offset, scale].filter((tensor) => tensor !== undefined)];
    if ([x, ...parameters].some(({dtype}) => dtype !== 'float32')) return undefined;
    if (parameters.some(({shape}) => shape.length !== 1 || shape[0] !== channels)) return undefined;
    const out = makeOutput(x.shape);
    const size = util.sizeFromShape(x.shape);
    if (size === 0) return out;
    // prettier-ignore
    module.normalize(
      size / channels, channels, offsetOf(backend, x), offsetOf(backend, mean), offsetOf(backend, variance),
      offset === undefined ? 0 : offsetOf(backend, offset), scale === undefined ? 0 : offsetOf(backend, scale),
      attrs['varianceEpsilon'] as number, -Infinity, offsetOf(backend, out),
    );
    return out;
  },
};
