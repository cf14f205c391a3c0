import {type NamedAttrMap, type TensorInfo, backend_util, util} from '@tensorflow/tfjs-core';
import type {KernelCall} from './kernel.ts';
import {floatsOf, offsetOf, withScratch} from './wasm-backend.ts';

/** Sizes, strides, dilations and padding of a convolution. */
export type Convolution = backend_util.Conv2DInfo;

type Shape4D = [number, number, number, number];

/** What the kernels of TensorFlow.js say of a convolution beside its tensors. */
interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly dilations?: number | [number, number];
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dataFormat?: string;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * The convolution that a kernel's attributes name, or undefined where `tensors` are not float32 in NHWC order.
 *
 * @param inputShape `[images, height, width, channels]`
 * @param filterShape `[height, width, inChannels, outChannels]`, or `[height, width, inChannels, multiplier]` of a depthwise
 *   convolution, whose output has `inChannels · multiplier` channels
 * @throws {RangeError} where the filter is larger than the padded image, of which TensorFlow.js makes sizes below 0
 */
export function convolutionOf(
  attrs: NamedAttrMap,
  inputShape: readonly number[],
  filterShape: readonly number[],
  tensors: readonly (TensorInfo | undefined)[],
  depthwise = false,
): Convolution | undefined {
  const {
    strides,
    dilations = 1,
    pad,
    dataFormat = 'NHWC',
    dimRoundingMode,
  } = attrs as unknown as ConvolutionAttributes;
  if (dataFormat !== 'NHWC') return undefined;
  if (tensors.some((tensor) => tensor !== undefined && tensor.dtype !== 'float32')) return undefined;
  const convolution = backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
  const {outHeight, outWidth, inHeight, inWidth, effectiveFilterHeight, effectiveFilterWidth} = convolution;
  if (outHeight < 1 || outWidth < 1) {
    throw new RangeError(
      `tfjs-kernels.convolution: expected a filter no larger than the padded image of ${inHeight} × ${inWidth}, ` +
        `got one that reaches over ${effectiveFilterHeight} × ${effectiveFilterWidth}; pad more, or dilate less`,
    );
  }
  return convolution;
}

/**
 * Makes an output and lets `compute` fill it, given its offset and that of `scratchBytes` of scratch; an output that no
 * product reaches is zero.
 */
export function convolutionOutput(
  {backend, module, makeOutput}: KernelCall,
  convolution: Convolution,
  shape: readonly number[],
  compute: (to: number, scratch: number) => void,
  scratchBytes: () => number = () => module.convolutionScratch(),
): TensorInfo {
  const out = makeOutput(shape);
  if (util.sizeFromShape(out.shape) === 0) return out;
  const to = offsetOf(backend, out);
  if (isEmpty(convolution)) {
    floatsOf(backend, out).fill(0);
    return out;
  }
  const {inHeight, inWidth, inChannels, filterHeight, filterWidth, outHeight, outWidth, outChannels} =
    convolution;
  const {strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo} = convolution;
  // prettier-ignore
  module.setConvolution(
    inHeight, inWidth, inChannels, filterHeight, filterWidth, outHeight, outWidth, outChannels,
    strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo.top, padInfo.left,
  );
  withScratch(backend, scratchBytes(), (scratch) => compute(to, scratch));
  return out;
}

/** Whether there is nothing to multiply. */
export function isEmpty({inShape, filterShape, outShape}: Convolution): boolean {
  return [inShape, filterShape, outShape].some((shape) => util.sizeFromShape(shape) === 0);
}
