import {InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';

/** Far below any logit, and small enough that sums with one stay finite in float32. */
const EXCLUDED = 1e30;

/**
 * What a loss needs to know of the labels: `[K or 1, n, outputs]`, made once for a batch by {@link encodeLabels}. For one
 * output it holds ±1 (+1 for class 1), otherwise one row with a 1 at the label.
 */
export type EncodedLabels = tf.Tensor3D;

/**
 * @param labels class indices, `[networks · n]`
 * @param outputs columns of the logits
 * @returns `[networks, n, outputs]`
 * @throws {InputError} when a label is no class
 */
export function encodeLabels(labels: ArrayLike<number>, outputs: number, networks = 1): EncodedLabels {
  const examples = labels.length / networks;
  const classes = Math.max(2, outputs);
  const values = new Float32Array(labels.length * outputs);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!(label !== undefined && Number.isInteger(label) && label >= 0 && label < classes))
      throw new InputError(
        `models.encodeLabels: expected labels in 0..${classes - 1}, got ${String(label)} at ${i}`,
      );
    if (outputs === 1) values[i] = label === 1 ? 1 : -1;
    else values[i * outputs + label] = 1;
  }
  return tf.tensor3d(values, [networks, examples, outputs]);
}

/**
 * Log-odds of the true label, log p_y − log(1 − p_y), `[K, n]`. Everything follows from it without loss of digits:
 * −log p_y = softplus(−odds), −log(1 − p_y) = softplus(odds), and an example is classified correctly against all others
 * together where it is positive.
 *
 * For one output it is ±logit. For many classes it is z_y − log Σ_{j≠y} exp z_j.
 */
export function trueLabelLogOdds(logits: tf.Tensor3D, labels: EncodedLabels): tf.Tensor2D {
  return tf.tidy(() => {
    const [networks, examples, outputs] = logits.shape;
    if (outputs === 1) return tf.reshape(tf.mul(logits, labels), [networks, examples]);
    const own = tf.sum(tf.mul(logits, labels), 2);
    const others = tf.logSumExp(tf.sub(logits, tf.mul(labels, EXCLUDED)), 2);
    return tf.sub(own, others) as tf.Tensor2D;
  });
}

/** −log p_y of each example, `[K, n]`: the cross-entropy. */
export function crossEntropy(logits: tf.Tensor3D, labels: EncodedLabels): tf.Tensor2D {
  return tf.tidy(() => tf.softplus(tf.neg(trueLabelLogOdds(logits, labels))));
}

/**
 * Gradient of {@link crossEntropy} by the logits, `[K, n, outputs]`. Differentiable once.
 *
 * It is p minus the label. That difference keeps few digits where p_y is near 1, so it is taken as 1 − p_y times what the
 * log-odds change by: the probabilities among the other classes, minus the label.
 */
export function crossEntropySlope(logits: tf.Tensor3D, labels: EncodedLabels): tf.Tensor3D {
  return tf.tidy(() => {
    const missing = tf.expandDims(tf.sigmoid(tf.neg(trueLabelLogOdds(logits, labels))), 2);
    if (logits.shape[2] === 1) return tf.neg(tf.mul(missing, labels));
    const others = tf.softmax(tf.sub(logits, tf.mul(labels, EXCLUDED)));
    return tf.mul(missing, tf.sub(others, labels));
  });
}

/** −log(1 − p_y) of each example, `[K, n]`: what the poison pays for being classified correctly. */
export function poisonCrossEntropy(logits: tf.Tensor3D, labels: EncodedLabels): tf.Tensor2D {
  return tf.tidy(() => tf.softplus(trueLabelLogOdds(logits, labels)));
}

/**
 * 1 where the largest logit is the label's, else 0, `[K, n]`. A tie at log-odds 0 counts as wrong for one output, and so does a
 * row with a NaN for any number of them: a network that has diverged is right about nothing.
 */
export function isCorrect(logits: tf.Tensor3D, labels: EncodedLabels): tf.Tensor2D {
  return tf.tidy(() => {
    const [networks, examples, outputs] = logits.shape;
    if (outputs === 1)
      return tf.cast(tf.greater(tf.reshape(tf.mul(logits, labels), [networks, examples]), 0), 'float32');
    const right = tf.equal(tf.argMax(logits, 2), tf.argMax(labels, 2));
    return tf.cast(tf.logicalAnd(right, tf.logicalNot(tf.any(tf.isNaN(logits), 2))), 'float32');
  });
}
