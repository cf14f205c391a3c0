import {DepthwiseConv2dNativeBackpropFilter, util} from '@tensorflow/tfjs-core';
import {convolutionOf, convolutionOutput} from '../convolution.ts';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** Gradient of a depthwise convolution by its filter, which the stock WASM backend lacks. */
export const depthwiseBackpropFilter: Kernel = {
  name: DepthwiseConv2dNativeBackpropFilter,
  run(call) {
    const {backend, module, inputs, attrs} = call;
    const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
    const filterShape = attrs['filterShape'] as number[];
    const convolution = convolutionOf(attrs, x.shape, filterShape, [x, dy], true);
    if (convolution === undefined || !util.arraysEqual(dy.shape, convolution.outShape)) return undefined;
    return convolutionOutput(
      call,
      convolution,
      convolution.filterShape,
      (to, scratch) => {
        const [from, slopes] = [offsetOf(backend, x), offsetOf(backend, dy)];
        module.depthwiseBackFilter(convolution.batchSize, from, slopes, to, scratch);
      },
      () => module.depthwiseFilterScratch(),
    );
  },
};
