import {Bincount, DenseBincount, util} from '@tensorflow/tfjs-core';
import {type Kernel, input, runKernel} from '../kernel.ts';

/** Counts over all of a tensor; of one of several dimensions the stock kernel makes a matrix, of which it sets one row. */
export const bincount: Kernel = {
  name: Bincount,
  run({backend, inputs, attrs}) {
    const x = input(inputs, 'x');
    if (x.shape.length === 1) return undefined;
    const flat = {...x, shape: [util.sizeFromShape(x.shape)]};
    const counted = {x: flat, weights: input(inputs, 'weights')};
    return runKernel(DenseBincount, backend, counted, {size: attrs['size'] as number, binaryOutput: false});
  },
};
