import {type Classifier, InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {classifierOf} from './classifier-of.ts';
import {checkCounts} from './evaluation.ts';
import {examplesPerCall} from './examples-per-call.ts';
import type {Model} from './model.ts';

/**
 * The decision function of one trained network over its inputs, for margins and boundary maps.
 *
 * @param theta `[P]`
 * @param chunk inputs evaluated in one call of the model; as many as {@link examplesPerCall} says by default
 * @throws {InputError} when `theta` does not have the model's dimension, or `chunk` is below 1
 */
export function classifierFromModel(
  model: Model,
  theta: Float32Array,
  chunk: number = examplesPerCall(model),
): Classifier {
  checkCounts('classifierFromModel', {chunk});
  const {dimension} = model.layout;
  if (theta.length !== dimension) {
    throw new InputError(`models.classifierFromModel: expected ${dimension} parameters, got ${theta.length}`);
  }
  const {inputShape, outputs} = model;
  return classifierOf({
    inputShape,
    outputs,
    logits: (inputs, purpose) => model.logits(tf.tensor2d(theta, [1, dimension]), inputs, purpose),
    chunk,
  });
}
