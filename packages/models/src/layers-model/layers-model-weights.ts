import {type ParameterLayout, InputError, at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkFloats} from '../checks.ts';
import {layersModelLayout} from './layers-model-layout.ts';
import {type LayersModelLike, type LayersModelWeight, trainableWeightsOf} from './layers-model.ts';

/**
 * The model's trainable weights as they are now, one flat vector `[P]` in the order of {@link layersModelLayout}: the point
 * whose surroundings are to be measured.
 *
 * @throws {InputError} when the model has no trainable weights
 * @example const theta = await readTrainableWeights(model)
 */
export async function readTrainableWeights(model: LayersModelLike): Promise<Float32Array> {
  const weights = trainableWeightsOf('readTrainableWeights', model);
  const {dimension, slices} = layersModelLayout(model);
  const values = await Promise.all(weights.map((weight) => weight.read().data()));
  const theta = new Float32Array(dimension);
  slices.forEach(({offset}, i) => theta.set(at(values, i), offset));
  return theta;
}

/**
 * Makes θ the model's trainable weights, to predict with them or to train on from there. Constraints of layers apply, as they
 * do in training; moving statistics of batch normalization stay.
 *
 * @param theta `[P]`
 * @throws {InputError} when θ has another length, or a number that is not finite; the model is then left as it was
 */
export function writeTrainableWeights(model: LayersModelLike, theta: Float32Array): void {
  const weights = trainableWeightsOf('writeTrainableWeights', model);
  const {dimension, slices} = layersModelLayout(model);
  checkFloats('models.writeTrainableWeights', 'parameters', theta);
  if (theta.length !== dimension) {
    throw new InputError(
      `models.writeTrainableWeights: expected ${dimension} parameters for "${model.name}", got ${theta.length}; ` +
        'use a vector of the same architecture',
    );
  }
  const bad = theta.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new InputError(
      `models.writeTrainableWeights: expected finite parameters, got ${theta[bad]} at ${bad}`,
    );
  }
  tf.tidy(() => {
    slices.forEach(({offset, size, shape}, i) => {
      // A copy: some backends keep the array that they are given.
      at(weights, i).write(tf.tensor(theta.slice(offset, offset + size), [...shape]));
    });
  });
}

/** A vector `[P]` as tensors in the shapes of the weights, on the array itself where the backend allows. */
export function weightTensors(theta: Float32Array, layout: ParameterLayout): tf.Tensor[] {
  return layout.slices.map(({offset, size, shape}) =>
    tf.tensor(theta.subarray(offset, offset + size), [...shape]),
  );
}

/**
 * Runs `evaluate` while the layers of a model read these tensors instead of their weights, which are not touched. Other
 * evaluations cannot come between, for `evaluate` is synchronous; whether it throws or not, the layers then read their own
 * weights again.
 */
export function withWeights<T>(
  weights: readonly LayersModelWeight[],
  tensors: readonly tf.Tensor[],
  evaluate: () => T,
): T {
  const undo: (() => void)[] = [];
  try {
    weights.forEach((weight, i) => {
      const tensor = at(tensors, i);
      undo.push(shadow(weight, 'read', () => tensor));
    });
    return evaluate();
  } finally {
    for (const restore of undo) restore();
  }
}

/** Puts an own property before the one that an object has. @returns what takes it away again */
export function shadow(target: object, key: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, {value, configurable: true, writable: true, enumerable: false});
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Object.defineProperty(target, key, before);
  };
}
