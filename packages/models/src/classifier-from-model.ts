import type {Classifier} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {examplesPerCall} from './examples-per-call.ts';
import {classCount, type Model} from './model.ts';

/**
 * The decision function of one trained network over its inputs, for margins and boundary maps.
 *
 * @param theta `[P]`
 * @param chunk inputs evaluated in one call of the model; as many as {@link examplesPerCall} says by default
 * @throws {RangeError} when `theta` does not have the model's dimension
 */
export function classifierFromModel(
  model: Model,
  theta: Float32Array,
  chunk: number = examplesPerCall(model),
): Classifier {
  const {dimension: parameters} = model.layout;
  if (theta.length !== parameters) {
    throw new RangeError(
      `models.classifierFromModel: expected ${parameters} parameters, got ${theta.length}`,
    );
  }
  const dimension = model.inputShape.reduce((product, length) => product * length, 1);
  const point = (): tf.Tensor2D => tf.tensor2d(theta, [1, parameters]);

  async function overChunks(
    inputs: Float32Array,
    width: number,
    map: (part: tf.Tensor, first: number) => tf.Tensor,
  ) {
    const count = inputs.length / dimension;
    const out = new Float32Array(count * width);
    for (let first = 0; first < count; first += chunk) {
      const size = Math.min(chunk, count - first);
      const result = tf.tidy(() => {
        const part = inputs.subarray(first * dimension, (first + size) * dimension);
        return map(tf.tensor(part, [size, ...model.inputShape]), first);
      });
      out.set((await result.data()) as Float32Array, first * width);
      result.dispose();
    }
    return out;
  }

  return {
    dimension,
    classes: classCount(model),
    logits: (inputs) => overChunks(inputs, model.outputs, (part) => model.logits(point(), part, 'values')),
    inputGradient: (inputs, index) =>
      overChunks(inputs, dimension, (part, first) => {
        const size = part.shape[0] ?? 0;
        const chosen = new Float32Array(size * model.outputs);
        for (let i = 0; i < size; i++) chosen[i * model.outputs + (index[first + i] ?? 0)] = 1;
        const mask = tf.tensor3d(chosen, [1, size, model.outputs]);
        return tf.grad((x) => tf.sum(tf.mul(model.logits(point(), x), mask)))(part);
      }),
  };
}
