import {InputError, at, checkOptions} from '@minefield/core';
import {checkSizeList} from '../checks.ts';
import {type Architecture, type Unit} from './architecture.ts';
import {checkPictures} from './check-pictures.ts';
import {convolutionalNetwork} from './convolutional-network.ts';
import type {NormalizedModel} from './normalized-model.ts';

export interface ConvNetOptions {
  readonly inputShape: readonly [height: number, width: number, channels: number];
  /** Channels of each convolution. Default 16, 32, 64, 64. */
  readonly widths?: readonly number[] | undefined;
  /** Stride of each convolution. Default 1 for the first and 2 for the others. */
  readonly strides?: readonly number[] | undefined;
  readonly classes: number;
}

/**
 * A ConvNet that a processor can train: convolutions of 3 × 3, each followed by batch normalization and a ReLU, the mean over
 * all pixels, and a dense layer. By default, on images of 32 × 32 × 1 in 10 classes, it has 61,050 parameters and takes
 * 3.1 million multiplications an image.
 *
 * @throws {InputError} when there are no convolutions, or not as many strides, or an option is missing, no size, or one that nobody reads
 * @example const model = convNet({inputShape: [32, 32, 1], classes: 10});
 */
export function convNet(options: ConvNetOptions): NormalizedModel {
  checkOptions('models.convNet', options, {inputShape: true, widths: true, strides: true, classes: true});
  const {inputShape, classes, widths = [16, 32, 64, 64]} = options;
  checkPictures('convNet', options);
  checkSizeList('convNet', 'widths', widths);
  const strides = options.strides ?? widths.map((_, i) => (i === 0 ? 1 : 2));
  if (widths.length === 0 || strides.length !== widths.length) {
    throw new InputError(
      `models.convNet: expected a width and a stride for each of at least one convolution, got widths [${widths}] and strides [${strides}]`,
    );
  }
  checkSizeList('convNet', 'strides', strides);
  const units = widths.map((outputs, i): Unit => ({
    convolution: `conv${i}`,
    normalization: `norm${i}`,
    inputs: widths[i - 1] ?? inputShape[2],
    outputs,
    stride: at(strides, i),
    rectified: true,
  }));
  const architecture: Architecture = {
    name: `conv-net ${inputShape.join('x')} ${widths.map((width, i) => `${width}/${strides[i]}`).join('-')} ${classes}`,
    inputShape,
    classes,
    units,
    features: (images, {unit}) => units.reduce((x, _, index) => unit(x, index), images),
  };
  return convolutionalNetwork(architecture);
}
