import {Conv2DBackpropInput, util} from '@tensorflow/tfjs-core';
import {inEitherOrder} from '../channels-first.ts';
import {convolutionOf, convolutionOutput} from '../convolution.ts';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** Gradient of a convolution by its input, which is also the transposed convolution. */
export const conv2dBackpropInput: Kernel = inEitherOrder(
  {
    name: Conv2DBackpropInput,
    run(call) {
      const {backend, module, inputs, attrs} = call;
      const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
      const inputShape = attrs['inputShape'] as number[];
      const convolution = convolutionOf(attrs, inputShape, filter.shape, [dy, filter]);
      // Of a gradient that is larger than the convolution's output, the stock kernel takes a corner.
      if (convolution === undefined || !util.arraysEqual(dy.shape, convolution.outShape)) return undefined;
      return convolutionOutput(call, convolution, convolution.inShape, (to, scratch) => {
        const [from, taps] = [offsetOf(backend, dy), offsetOf(backend, filter)];
        module.convolveBackInput(convolution.batchSize, from, taps, to, scratch);
      });
    },
  },
  ['dy'],
  true,
);
