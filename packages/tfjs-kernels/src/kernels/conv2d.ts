import {Conv2D, FusedConv2D, type TensorInfo} from '@tensorflow/tfjs-core';
import {applyActivation, clampOf} from '../activation.ts';
import {inEitherOrder} from '../channels-first.ts';
import {type Convolution, convolutionOf, convolutionOutput, isEmpty} from '../convolution.ts';
import {type Kernel, type KernelCall, addTo, input, optionalInput} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** x * filter. */
export const conv2d: Kernel = inEitherOrder(
  {
    name: Conv2D,
    run(call) {
      const [x, filter] = [input(call.inputs, 'x'), input(call.inputs, 'filter')];
      const convolution = convolutionOf(call.attrs, x.shape, filter.shape, [x, filter]);
      return convolution === undefined ? undefined : convolve(call, convolution);
    },
  },
  ['x'],
  true,
);

/**
 * activation(x * filter + bias). A bias of one number for each channel and a clamping activation cost nothing extra; any
 * other bias that broadcasts, and any other activation, follow as kernels of their own.
 */
export const fusedConv2d: Kernel = inEitherOrder(
  {
    name: FusedConv2D,
    run(call) {
      const [x, filter] = [input(call.inputs, 'x'), input(call.inputs, 'filter')];
      const bias = optionalInput(call.inputs, 'bias');
      const convolution = convolutionOf(call.attrs, x.shape, filter.shape, [x, filter, bias]);
      if (convolution === undefined) return undefined;
      const clamp = clampOf(call.attrs['activation']);
      const plainBias = bias === undefined || isRow(bias, convolution.outChannels);
      if (plainBias && clamp !== undefined && !isEmpty(convolution)) {
        return convolve(call, convolution, bias, clamp.low, clamp.high);
      }
      const out = convolve(call, convolution);
      return applyActivation(call, bias === undefined ? out : addTo(call.backend, out, bias));
    },
  },
  ['x', 'bias', 'preluActivationWeights'],
  true,
);

/** Whether a bias is one number for each channel. */
function isRow({shape}: TensorInfo, channels: number): boolean {
  return shape.at(-1) === channels && shape.slice(0, -1).every((length) => length === 1);
}

function convolve(
  call: KernelCall,
  convolution: Convolution,
  bias?: TensorInfo,
  low = -Infinity,
  high = Infinity,
): TensorInfo {
  const {backend, module, inputs} = call;
  return convolutionOutput(call, convolution, convolution.outShape, (to, scratch) => {
    const x = offsetOf(backend, input(inputs, 'x'));
    const filter = offsetOf(backend, input(inputs, 'filter'));
    const biasFrom = bias === undefined ? 0 : offsetOf(backend, bias);
    module.convolve(convolution.batchSize, x, filter, biasFrom, low, high, to, scratch);
  });
}
