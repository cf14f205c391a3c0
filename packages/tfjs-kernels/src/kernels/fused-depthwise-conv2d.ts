import {DepthwiseConv2dNative, FusedDepthwiseConv2D} from '@tensorflow/tfjs-core';
import {applyActivation} from '../activation.ts';
import {type Kernel, addTo, input, optionalInput, runKernel} from '../kernel.ts';

/** activation(x * filter + bias) of a depthwise convolution, for a bias that the stock kernel refuses: any that broadcasts. */
export const fusedDepthwiseConv2d: Kernel = {
  name: FusedDepthwiseConv2D,
  run(call) {
    const {backend, inputs, attrs} = call;
    const bias = optionalInput(inputs, 'bias');
    if (bias === undefined || bias.shape.length === 1) return undefined;
    const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
    const out = runKernel(DepthwiseConv2dNative, backend, {x, filter}, attrs);
    return applyActivation(call, addTo(backend, out, bias));
  },
};
