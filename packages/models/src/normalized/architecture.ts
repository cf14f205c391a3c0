/** Classifiers of images made of convolutions, each followed by batch normalization: what ConvNets and ResNets share. */
import {type ParameterLayout, type ParameterSpec, at, parameterLayout} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import type {StatisticsLayout} from './normalized-model.ts';

/**
 * A convolution of 3 × 3 without bias, over images that a border of one zero pixel surrounds (as in PyTorch: strides leave
 * out odd rows, whereas "same" padding in TensorFlow leaves out even ones); its normalization; perhaps a ReLU.
 */
export interface Unit {
  /** Begins the names of the kernel's slice, and of scale and shift. */
  readonly convolution: string;
  readonly normalization: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: number;
  readonly rectified: boolean;
}

const FILTER_SIDE = 3;
/** Pixels of padding on every side. */
export const BORDER = 1;

/** What features are made with. Images are tensors, or whatever stands for them, such as tensors with a derivative. */
export interface ImageOperations<Images> {
  /** Applies the unit of an index. */
  unit(images: Images, index: number): Images;
  /** Applies a linear map without parameters. */
  linear(images: Images, map: (images: tf.Tensor4D) => tf.Tensor4D): Images;
  rectifiedSum(first: Images, second: Images): Images;
}

/** What is a network's own; the mean over all pixels and a dense layer follow. */
export interface Architecture {
  readonly name: string;
  readonly inputShape: readonly [height: number, width: number, channels: number];
  readonly classes: number;
  /** In the order in which they are applied. */
  readonly units: readonly Unit[];
  /** The last layer's images, made from the inputs by the units. */
  features<Images>(images: Images, operations: ImageOperations<Images>): Images;
}

export function layoutOf({units, classes}: Architecture): ParameterLayout {
  const specs = units.flatMap(({convolution, normalization, inputs, outputs}): ParameterSpec[] => [
    {name: `${convolution}/kernel`, shape: [FILTER_SIDE, FILTER_SIDE, inputs, outputs], role: 'kernel'},
    {name: `${normalization}/gamma`, shape: [outputs], role: 'scale'},
    {name: `${normalization}/beta`, shape: [outputs], role: 'shift'},
  ]);
  const width = at(units, -1).outputs;
  return parameterLayout([
    ...specs,
    {name: 'dense/kernel', shape: [width, classes], role: 'kernel'},
    {name: 'dense/bias', shape: [classes], role: 'bias'},
  ]);
}

/** Mean and variance of each unit in turn. */
export function statisticsOf({units}: Architecture): StatisticsLayout {
  let dimension = 0;
  const slices = units.flatMap(({normalization, outputs: size}) =>
    (['mean', 'variance'] as const).map((kind) => {
      const offset = dimension;
      dimension += size;
      return {name: `${normalization}/moving_${kind}`, kind, offset, size};
    }),
  );
  return {dimension, slices};
}

/** A network's parameters as tensors. */
export interface NetworkParameters {
  readonly units: readonly UnitParameters[];
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

export interface UnitParameters {
  readonly kernel: tf.Tensor4D;
  readonly scale: tf.Tensor1D;
  readonly shift: tf.Tensor1D;
}

/** @param theta `[1, P]` */
export function splitParameters(theta: tf.Tensor2D, {slices}: ParameterLayout): NetworkParameters {
  const parts = tf.split(
    theta,
    slices.map(({size}) => size),
    1,
  );
  const [bias, kernel, ...reversed] = parts
    .map((part, i) => tf.reshape(part, [...at(slices, i).shape]))
    .toReversed();
  const units = Array.from({length: reversed.length / 3}, (_, i) => {
    const [shift, scale, filter] = reversed.slice(3 * i, 3 * i + 3);
    return {kernel: filter as tf.Tensor4D, scale: scale as tf.Tensor1D, shift: shift as tf.Tensor1D};
  });
  return {units: units.toReversed(), kernel: kernel as tf.Tensor2D, bias: bias as tf.Tensor1D};
}
