import * as tf from '@tensorflow/tfjs-core';
import {adaptAttributes, type KernelArguments, type NativeKernel} from './kernel.ts';
import type {Attribute, NativeCall} from './native-call.ts';

/**
 * TensorFlow's convolutions take a border of so many pixels in full; the package's kernels refuse one that is written as a
 * number, and their gradients any.
 */
export function widenConvolutions(): void {
  for (const name of [tf.Conv2D, tf.FusedConv2D]) {
    adaptAttributes(name, (attrs) => ({...attrs, pad: inFull(attrs['pad'] as Padding, attrs['dataFormat'])}));
  }
}

export const conv2dBackpropFilter: NativeKernel = {
  name: tf.Conv2DBackpropFilter,
  run({call, attrs, input}) {
    const [x, dy, shape] = [input('x'), input('dy'), attrs['filterShape'] as Shape];
    const inputs = [call.input(x), call.integers(shape), call.input(dy)];
    return call.result(
      call.run(tf.Conv2DBackpropFilter, inputs, attributes(call, attrs, x.shape as Shape, shape)),
    );
  },
};

export const conv2dBackpropInput: NativeKernel = {
  name: tf.Conv2DBackpropInput,
  run({call, attrs, input}) {
    const [dy, filter, shape] = [input('dy'), input('filter'), attrs['inputShape'] as Shape];
    const inputs = [call.integers(shape), call.input(filter), call.input(dy)];
    return call.result(
      call.run(tf.Conv2DBackpropInput, inputs, attributes(call, attrs, shape, filter.shape as Shape)),
    );
  },
};

type Shape = [number, number, number, number];
type Border = [number, number];
type Padding = 'valid' | 'same' | number | [Border, Border, Border, Border];

function inFull(pad: Padding, dataFormat: unknown): Padding {
  if (typeof pad !== 'number') return pad;
  const none: Border = [0, 0];
  const border: Border = [pad, pad];
  return dataFormat === 'NCHW' ? [none, none, border, border] : [none, border, border, none];
}

function attributes(
  call: NativeCall,
  attrs: KernelArguments['attrs'],
  inputShape: Shape,
  filterShape: Shape,
): Attribute[] {
  const format = attrs['dataFormat'] as 'NHWC' | 'NCHW';
  const {strideHeight, strideWidth, padInfo} = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    attrs['strides'] as Border,
    1,
    inFull(attrs['pad'] as Padding, format),
    attrs['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined,
    false,
    tf.backend_util.convertConv2DDataFormat(format),
  );
  const arranged = (
    height: readonly number[],
    width: readonly number[],
    rest: readonly number[],
  ): number[] =>
    format === 'NCHW' ? [...rest, ...rest, ...height, ...width] : [...rest, ...height, ...width, ...rest];
  const {type, top, bottom, left, right} = padInfo;
  return [
    call.count('strides', arranged([strideHeight], [strideWidth], [1])),
    call.word('padding', type),
    call.word('data_format', format),
    ...(type === 'EXPLICIT'
      ? [call.count('explicit_paddings', arranged([top, bottom], [left, right], [0, 0]))]
      : []),
  ];
}
