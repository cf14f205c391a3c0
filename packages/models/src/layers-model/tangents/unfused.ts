import * as tf from '@tensorflow/tfjs-core';
import type {KernelCall} from './kernel-call.ts';

type Plain = (inputs: KernelCall['inputs'], attrs: KernelCall['attrs']) => tf.Tensor | undefined;

/** Kernels that do several things at once, by operations that do one each. */
export const unfused: Readonly<Record<string, Plain>> = {
  _FusedMatMul: (inputs, attrs) => {
    const {a, b} = inputs;
    return (
      a &&
      b &&
      finished(tf.matMul(a, b, attrs['transposeA'] === true, attrs['transposeB'] === true), inputs, attrs)
    );
  },
  FusedConv2D: (inputs, attrs) => finishedConvolution(tf.conv2d, inputs, attrs),
  FusedDepthwiseConv2D: (inputs, attrs) => finishedConvolution(tf.depthwiseConv2d, inputs, attrs),
};

interface ConvAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dilations: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function finishedConvolution(
  convolve: typeof tf.conv2d | typeof tf.depthwiseConv2d,
  inputs: KernelCall['inputs'],
  attrs: KernelCall['attrs'],
): tf.Tensor | undefined {
  const [x, filter] = [inputs['x'], inputs['filter']] as (tf.Tensor4D | undefined)[];
  if (x === undefined || filter === undefined) return undefined;
  const {strides, pad, dataFormat, dilations, dimRoundingMode} = attrs as unknown as ConvAttributes;
  return finished(convolve(x, filter, strides, pad, dataFormat, dilations, dimRoundingMode), inputs, attrs);
}

/** With the bias and the activation; undefined where that is none that is known. */
function finished(
  product: tf.Tensor,
  {bias, preluActivationWeights}: KernelCall['inputs'],
  {activation = 'linear', leakyreluAlpha}: KernelCall['attrs'],
): tf.Tensor | undefined {
  const sum = bias ? tf.add(product, bias) : product;
  switch (activation) {
    case 'linear':
      return sum;
    case 'relu':
      return tf.relu(sum);
    case 'relu6':
      return tf.relu6(sum);
    case 'elu':
      return tf.elu(sum);
    case 'sigmoid':
      return tf.sigmoid(sum);
    case 'prelu':
      return preluActivationWeights && tf.prelu(sum, preluActivationWeights);
    case 'leakyrelu':
      return tf.leakyRelu(sum, Number(leakyreluAlpha));
    default:
      return undefined;
  }
}
