/**
 * A network with fixed statistics, and how its logits vary along a direction in the space of parameters: each step of the way
 * carries a value and its derivative (forward differentiation). With v the direction and ′ the derivative along it,
 *
 *     z = W ∗ x + b    z′ = W ∗ x′ + W′ ∗ x + b′    y = max(0, z)    y′ = z′ where z > 0, else 0
 *
 * All of it can be differentiated once more, backwards, which gives products with the Hessian (Pearlmutter 1994) from
 * operations of which TensorFlow.js knows but the first derivative.
 */
import {at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {
  type Architecture,
  BORDER,
  type NetworkParameters,
  type Unit,
  type UnitParameters,
} from './architecture.ts';
import type {VariedLogits} from '../model.ts';
import {type FoldedUnit, type Moments, foldUnit} from './fold-unit.ts';
import {EPSILON} from './normalize-batch.ts';

export interface Varied<T extends tf.Tensor> {
  readonly value: T;
  /** null where it is zero, as that of the inputs is */
  readonly derivative: T | null;
}

/** The derivative of {@link foldUnit} where the parameters move along `along`. */
function foldDerivative(
  {kernel, scale}: UnitParameters,
  along: UnitParameters,
  {mean, variance}: Moments,
): FoldedUnit {
  const inverse = tf.rsqrt(tf.add(variance, EPSILON));
  const moved = tf.add(tf.mul(along.kernel, scale), tf.mul(kernel, along.scale));
  return {
    filter: tf.mul(moved, inverse),
    bias: tf.sub(along.shift, tf.mul(mean, tf.mul(along.scale, inverse))),
  };
}

/**
 * @param parameters of one network
 * @param along the direction, in the same form
 * @param momentsOf those of the unit of an index
 * @returns logits and their derivative, `[n, classes]` each
 */
export function varyLogits(
  architecture: Architecture,
  parameters: NetworkParameters,
  along: NetworkParameters,
  momentsOf: (index: number) => Moments,
  images: tf.Tensor4D,
): VariedLogits {
  const features = architecture.features<Varied<tf.Tensor4D>>(
    {value: images, derivative: null},
    {
      unit: (x, index) =>
        varyUnit(
          x,
          at(architecture.units, index),
          at(parameters.units, index),
          at(along.units, index),
          momentsOf(index),
        ),
      linear: ({value, derivative}, map) => ({value: map(value), derivative: derivative && map(derivative)}),
      rectifiedSum: (a, b) =>
        rectify({value: tf.add(a.value, b.value), derivative: sum(a.derivative, b.derivative)}),
    },
  );
  const pooled = tf.mean(features.value, [1, 2]) as tf.Tensor2D;
  const moved = features.derivative && (tf.mean(features.derivative, [1, 2]) as tf.Tensor2D);
  const own = tf.add(tf.matMul(pooled, along.kernel), along.bias) as tf.Tensor2D;
  return {
    logits: tf.add(tf.matMul(pooled, parameters.kernel), parameters.bias),
    derivative: moved ? tf.add(own, tf.matMul(moved, parameters.kernel)) : own,
  };
}

function varyUnit(
  {value, derivative}: Varied<tf.Tensor4D>,
  {stride, rectified}: Unit,
  parameters: UnitParameters,
  along: UnitParameters,
  moments: Moments,
): Varied<tf.Tensor4D> {
  const {filter, bias} = foldUnit(parameters, moments);
  const moved = foldDerivative(parameters, along, moments);
  const convolve = (images: tf.Tensor4D, by: tf.Tensor4D): tf.Tensor4D =>
    tf.conv2d(images, by, stride, BORDER);
  const own = tf.add(convolve(value, moved.filter), moved.bias) as tf.Tensor4D;
  const result = {
    value: tf.add(convolve(value, filter), bias) as tf.Tensor4D,
    derivative: sum(own, derivative && convolve(derivative, filter)),
  };
  return rectified ? rectify(result) : result;
}

function rectify({value, derivative}: Varied<tf.Tensor4D>): Varied<tf.Tensor4D> {
  return {value: tf.relu(value), derivative: derivative && tf.mul(derivative, tf.step(value))};
}

function sum<T extends tf.Tensor>(a: T | null, b: T | null): T | null {
  return a && b ? tf.add(a, b) : (a ?? b);
}
