import {InputError, at} from '@minefield/core';
import {
  type LabeledExamples,
  type Model,
  crossEntropy,
  encodeLabels,
  exampleSizeOf,
  examplesPerCall,
  isCorrect,
} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {checkExamples} from './check-examples.ts';

/** How a network does on a data set. */
export interface Evaluation {
  /** Mean cross-entropy in nats; NaN or infinite for a network that diverged. */
  readonly loss: number;
  /** Fraction classified correctly, 0 to 1. */
  readonly accuracy: number;
}

/**
 * Evaluates network k on data set k. Means are taken in float64, example by example in order.
 *
 * @param thetas `[K, P]`
 * @param data K data sets of one size, or a single one for all
 * @param chunk examples in one call of the model, >= 1; as many as `examplesPerCall` says by default
 * @throws {InputError} when there are neither K data sets nor one, one is empty, sizes differ or do not fit the model, or a
 *   label is no class
 */
export async function evaluate(
  model: Model,
  thetas: tf.Tensor2D,
  data: readonly LabeledExamples[],
  chunk: number = examplesPerCall(model),
): Promise<Evaluation[]> {
  const networks = thetas.shape[0];
  if (data.length !== networks && data.length !== 1) {
    throw new InputError(`training.evaluate: expected 1 or ${networks} data sets, got ${data.length}`);
  }
  checkExamples('evaluate', model, data);
  if (!Number.isInteger(chunk) || chunk < 1) {
    throw new InputError(`training.evaluate: expected a chunk >= 1, got ${chunk}`);
  }
  const count = at(data, 0).labels.length;
  const totals = Array.from({length: networks}, () => ({loss: 0, correct: 0}));
  for (let first = 0; first < count; first += chunk) {
    const size = Math.min(chunk, count - first);
    const [losses, correct] = tf.tidy(() => {
      const {inputs, labels} = stackExamples(model, data, first, size);
      const logits = model.logits(thetas, inputs, 'values');
      return [crossEntropy(logits, labels), isCorrect(logits, labels)];
    });
    const [lossValues, correctValues] = await Promise.all([losses.data(), correct.data()]);
    tf.dispose([losses, correct]);
    totals.forEach((total, k) => {
      for (const loss of lossValues.subarray(k * size, (k + 1) * size)) total.loss += loss;
      for (const hit of correctValues.subarray(k * size, (k + 1) * size)) total.correct += hit;
    });
  }
  return totals.map(({loss, correct}) => ({loss: loss / count, accuracy: correct / count}));
}

function stackExamples(model: Model, data: readonly LabeledExamples[], first: number, size: number) {
  const width = exampleSizeOf(model);
  const inputs = new Float32Array(data.length * size * width);
  const labels = data.flatMap((set) => Array.from({length: size}, (_, i) => at(set.labels, first + i)));
  data.forEach((set, k) => {
    inputs.set(set.inputs.subarray(first * width, (first + size) * width), k * size * width);
  });
  const shape = data.length === 1 ? [size, ...model.inputShape] : [data.length, size, ...model.inputShape];
  return {inputs: tf.tensor(inputs, shape), labels: encodeLabels(labels, model.outputs, data.length)};
}
