import * as tf from '@tensorflow/tfjs-core';

/** log p of every class, `[K, n, classes]`; one output gives two classes, log-odds being those of class 1. */
export function logProbabilities(logits: tf.Tensor3D): tf.Tensor3D {
  return tf.tidy(() => {
    if (logits.shape[2] !== 1) return tf.logSoftmax(logits);
    return tf.concat([tf.neg(tf.softplus(logits)), tf.neg(tf.softplus(tf.neg(logits)))], 2);
  });
}
