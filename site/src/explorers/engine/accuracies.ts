import type {LabeledExamples, Model} from '@minefield/models';
import {evaluate} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';

/** Accuracy of each of K networks, `[K, P]`, on the same points; as the records have it. */
export async function accuracies(
  model: Model,
  thetas: Float32Array,
  points: LabeledExamples,
): Promise<number[]> {
  const {dimension} = model.layout;
  const matrix = tf.tensor2d(thetas, [thetas.length / dimension, dimension]);
  try {
    return (await evaluate(model, matrix, [points])).map(({accuracy}) => accuracy);
  } finally {
    matrix.dispose();
  }
}
