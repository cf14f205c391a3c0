import {Sigmoid, Softplus, util} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** Sigmoid and softplus of float32 tensors. */
export const logistic: readonly Kernel[] = (
  [
    [Sigmoid, 'sigmoid'],
    [Softplus, 'softplus'],
  ] as const
).map(([name, operation]) => ({
  name,
  run({backend, module, inputs, makeOutput}) {
    const x = input(inputs, 'x');
    if (x.dtype !== 'float32') return undefined;
    const out = makeOutput(x.shape);
    module[operation](util.sizeFromShape(x.shape), offsetOf(backend, x), offsetOf(backend, out));
    return out;
  },
}));
