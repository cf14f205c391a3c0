import type {Classifier} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {classifierOf} from './classifier-of.ts';
import {checkCounts, checkPoint} from './checks.ts';
import {examplesPerCall} from './examples-per-call.ts';
import type {Model} from './model.ts';

const CALLER = 'classifierFromModel';

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
  checkCounts(CALLER, {chunk});
  const {dimension} = model.layout;
  checkPoint(CALLER, theta, dimension);
  const {inputShape, outputs} = model;
  return classifierOf({
    caller: CALLER,
    inputShape,
    outputs,
    logits: (inputs, purpose) => model.logits(tf.tensor2d(theta, [1, dimension]), inputs, purpose),
    chunk,
  });
}
