import {DepthwiseConv2dNativeBackpropInput, util} from '@tensorflow/tfjs-core';
import {convolutionOf, convolutionOutput} from '../convolution.ts';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** Gradient of a depthwise convolution by its input, which the stock WASM backend lacks. */
export const depthwiseBackpropInput: Kernel = {
  name: DepthwiseConv2dNativeBackpropInput,
  run(call) {
    const {backend, module, inputs, attrs} = call;
    const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
    const inputShape = attrs['inputShape'] as number[];
    const convolution = convolutionOf(attrs, inputShape, filter.shape, [dy, filter], true);
    if (convolution === undefined || !util.arraysEqual(dy.shape, convolution.outShape)) return undefined;
    return convolutionOutput(
      call,
      convolution,
      convolution.inShape,
      (to, scratch) => {
        const [from, taps] = [offsetOf(backend, dy), offsetOf(backend, filter)];
        module.depthwiseBackInput(convolution.batchSize, from, taps, to, scratch);
      },
      () => module.depthwiseInputScratch(),
    );
  },
};
