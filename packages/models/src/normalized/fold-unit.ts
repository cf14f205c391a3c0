/** A unit with fixed moments: its normalization is a factor of each filter, and a bias. */
import * as tf from '@tensorflow/tfjs-core';
import {BORDER, type Unit, type UnitParameters} from './architecture.ts';
import {EPSILON} from './normalize-batch.ts';

/** Mean and variance by which a unit is normalized. */
export interface Moments {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** A convolution with a bias: with fixed moments a normalization is a factor of each filter, and a bias. */
export interface FoldedUnit {
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

export function foldUnit({kernel, scale, shift}: UnitParameters, {mean, variance}: Moments): FoldedUnit {
  const factor = tf.div(scale, tf.sqrt(tf.add(variance, EPSILON))) as tf.Tensor1D;
  return {filter: tf.mul(kernel, factor), bias: tf.sub(shift, tf.mul(mean, factor))};
}

/** What a unit with fixed moments makes of images. */
export function convolveFrozen(
  images: tf.Tensor4D,
  {stride, rectified}: Unit,
  parameters: UnitParameters,
  moments: Moments,
): tf.Tensor4D {
  return tf.fused.conv2d({
    x: images,
    ...foldUnit(parameters, moments),
    strides: stride,
    pad: BORDER,
    activation: rectified ? 'relu' : 'linear',
  });
}
