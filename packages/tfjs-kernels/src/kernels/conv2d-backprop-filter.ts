import {Conv2DBackpropFilter, util} from '@tensorflow/tfjs-core';
import {inEitherOrder} from '../channels-first.ts';
import {convolutionOf, convolutionOutput} from '../convolution.ts';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** Gradient of a convolution by its filter, which the stock WASM backend lacks. */
export const conv2dBackpropFilter: Kernel = inEitherOrder(
  {
    name: Conv2DBackpropFilter,
    run(call) {
      const {backend, module, inputs, attrs} = call;
      const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
      const filterShape = attrs['filterShape'] as number[];
      const convolution = convolutionOf(attrs, x.shape, filterShape, [x, dy]);
      if (convolution === undefined || !util.arraysEqual(dy.shape, convolution.outShape)) return undefined;
      return convolutionOutput(call, convolution, convolution.filterShape, (to, scratch) => {
        const [from, slopes] = [offsetOf(backend, x), offsetOf(backend, dy)];
        module.convolveBackFilter(convolution.batchSize, from, slopes, to, scratch);
      });
    },
  },
  ['x', 'dy'],
  false,
);
