import type {LabeledExamples, Model} from '@minefield/models';
import {evaluate} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';

/** Accuracy of each of K parameter vectors, `[K, P]`. */
export async function accuracies(
  model: Model,
  thetas: Float32Array,
  examples: LabeledExamples,
): Promise<number[]> {
  const {dimension} = model.layout;
  const matrix = tf.tensor2d(thetas, [thetas.length / dimension, dimension]);
  try {
    return (await evaluate(model, matrix, [examples])).map(({accuracy}) => accuracy);
  } finally {
    matrix.dispose();
  }
}
