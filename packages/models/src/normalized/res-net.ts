import {InputError, at, checkOptions} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkSizeList} from '../checks.ts';
import {type Architecture, type Unit} from './architecture.ts';
import {checkPictures} from './check-pictures.ts';
import {convolutionalNetwork} from './convolutional-network.ts';
import type {NormalizedModel} from './normalized-model.ts';

export interface ResNetOptions {
  readonly inputShape: readonly [height: number, width: number, channels: number];
  /** 6n + 2 layers: n blocks of two convolutions in each of three stages. Default 20. */
  readonly depth?: number | undefined;
  /** Channels of each stage, none fewer than before. Default 16, 32, 64. */
  readonly widths?: readonly number[] | undefined;
  readonly classes: number;
}

/**
 * The residual network for small images of He et al. (2016, section 4.2), with shortcuts that have no parameters (their option
 * A): where a stage halves the image, every other pixel, with zeros for the channels that are new. ResNet-20 on
 * 32 × 32 × 3 in 10 classes has 269,722 parameters and takes 41 million multiplications an image.
 *
 * @throws {InputError} when the depth is not 6n + 2, a stage is narrower than the one before, or an option is missing, no size, or
 * one that nobody reads
 * @example const model = resNet({inputShape: [32, 32, 3], classes: 10});
 */
export function resNet(options: ResNetOptions): NormalizedModel {
  checkOptions('models.resNet', options, {inputShape: true, depth: true, widths: true, classes: true});
  const {inputShape, classes, depth = 20, widths = [16, 32, 64]} = options;
  checkPictures('resNet', options);
  checkSizeList('resNet', 'widths', widths);
  const blocks = (depth - 2) / (2 * widths.length);
  if (!Number.isInteger(blocks) || blocks < 1) {
    throw new InputError(
      `models.resNet: expected a depth of ${2 * widths.length}n + 2 for ${widths.length} stages, got ${depth}`,
    );
  }
  if (widths.some((width, stage) => stage > 0 && width < at(widths, stage - 1))) {
    throw new InputError(`models.resNet: expected stages that never narrow, got widths [${widths}]`);
  }
  const units: Unit[] = [
    {
      convolution: 'conv',
      normalization: 'norm',
      inputs: inputShape[2],
      outputs: at(widths, 0),
      stride: 1,
      rectified: true,
    },
  ];
  widths.forEach((outputs, stage) => {
    for (let block = 0; block < blocks; block++) {
      const name = `stage${stage}/block${block}`;
      const first = block === 0 && stage > 0;
      const inputs = first ? at(widths, stage - 1) : outputs;
      units.push(
        {
          convolution: `${name}/conv0`,
          normalization: `${name}/norm0`,
          inputs,
          outputs,
          stride: first ? 2 : 1,
          rectified: true,
        },
        {
          convolution: `${name}/conv1`,
          normalization: `${name}/norm1`,
          inputs: outputs,
          outputs,
          stride: 1,
          rectified: false,
        },
      );
    }
  });
  const architecture: Architecture = {
    name: `res-net-${depth} ${inputShape.join('x')} ${widths.join('-')} ${classes}`,
    inputShape,
    classes,
    units,
    features(images, {unit, linear, rectifiedSum}) {
      let x = unit(images, 0);
      // A block of two units and its shortcut.
      for (let index = 1; index < units.length; index += 2) {
        const first = at(units, index);
        x = rectifiedSum(
          unit(unit(x, index), index + 1),
          linear(x, (value) => shortcut(value, first)),
        );
      }
      return x;
    },
  };
  return convolutionalNetwork(architecture);
}

/** Every other pixel and zeros for new channels, by one convolution of 1 × 1 with a fixed filter. */
function shortcut(x: tf.Tensor4D, {inputs, outputs, stride}: Unit): tf.Tensor4D {
  if (stride === 1 && inputs === outputs) return x;
  const filter = new Float32Array(inputs * outputs);
  for (let channel = 0; channel < inputs; channel++) filter[channel * outputs + channel] = 1;
  return tf.conv2d(x, tf.tensor4d(filter, [1, 1, inputs, outputs]), stride, 'valid');
}
