import {at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import type {Architecture, NetworkParameters} from './architecture.ts';
import {type Moments, convolveFrozen} from './fold-unit.ts';

/** Units of each layer with a ReLU, one for each pixel of each channel: in the order of {@link preActivationsOf}. */
export function rectifiedUnits({inputShape, units, features}: Architecture): number[] {
  const sizes: number[] = [];
  const rectify = (shape: Shape): Shape => {
    sizes.push(shape.reduce((product, length) => product * length, 1));
    return shape;
  };
  features<Shape>(inputShape, {
    unit([height, width], index) {
      const {stride, outputs, rectified} = at(units, index);
      const shape: Shape = [Math.ceil(height / stride), Math.ceil(width / stride), outputs];
      return rectified ? rectify(shape) : shape;
    },
    // Shortcuts, which end in sums: the other summand has the shape.
    linear: (shape) => shape,
    rectifiedSum: rectify,
  });
  return sizes;
}

type Shape = readonly [height: number, width: number, channels: number];

/**
 * What the ReLUs of a network with fixed moments are given, `[n, units of all layers]`.
 *
 * @param momentsOf those of the unit of an index
 */
export function preActivationsOf(
  {units, features}: Architecture,
  parameters: NetworkParameters,
  momentsOf: (index: number) => Moments,
  images: tf.Tensor4D,
): tf.Tensor2D {
  const found: tf.Tensor2D[] = [];
  const rectify = (x: tf.Tensor4D): tf.Tensor4D => {
    found.push(tf.reshape(x, [at(x.shape, 0), -1]));
    return tf.relu(x);
  };
  features<tf.Tensor4D>(images, {
    unit(x, index) {
      const unit = at(units, index);
      const linear = {...unit, rectified: false};
      const affine = convolveFrozen(x, linear, at(parameters.units, index), momentsOf(index));
      return unit.rectified ? rectify(affine) : affine;
    },
    linear: (x, map) => map(x),
    rectifiedSum: (first, second) => rectify(tf.add(first, second)),
  });
  return tf.concat(found, 1);
}
