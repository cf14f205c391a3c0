import * as tf from '@tensorflow/tfjs-core';
import {type EncodedLabels, crossEntropy} from './log-odds.ts';
import type {Model} from './model.ts';

/** Examples as tensors. */
export interface Batch {
  /** `[n, ...inputShape]` */
  readonly inputs: tf.Tensor;
  readonly labels: EncodedLabels;
}

/**
 * Gradient of the cross-entropy at one point, summed over a batch, `[1, P]`: by one kernel where there is one, with the same bits.
 *
 * @param theta `[1, P]`
 */
export function lossGradient(model: Model, theta: tf.Tensor2D, {inputs, labels}: Batch): tf.Tensor2D {
  return tf.tidy(() => {
    if (model.outputs === 1 && model.logisticGradient !== undefined) {
      const {targets, weights} = logisticTerms(labels);
      const fused = model.logisticGradient(theta, inputs, targets, weights);
      if (fused !== undefined) return fused;
    }
    const loss = (moved: tf.Tensor): tf.Tensor =>
      tf.sum(crossEntropy(model.logits(moved as tf.Tensor2D, inputs, 'gradient'), labels));
    return tf.grad(loss)(theta) as tf.Tensor2D;
  });
}

/** The cross-entropy of a model of one output as Σ weight · softplus(−target · logit), `[1, n]` each. */
export function logisticTerms(labels: EncodedLabels): {targets: tf.Tensor2D; weights: tf.Tensor2D} {
  const targets: tf.Tensor2D = tf.reshape(labels, [1, labels.size]);
  return {targets, weights: tf.onesLike(targets)};
}
