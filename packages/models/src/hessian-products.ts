import * as tf from '@tensorflow/tfjs-core';
import {type Batch, logisticTerms} from './loss-gradient.ts';
import {crossEntropy, crossEntropySlope} from './log-odds.ts';
import type {Model} from './model.ts';

/**
 * Products of K vectors with the Hessian of the cross-entropy at one point, summed over a batch: by one kernel where there is
 * one, else each as the derivative of the loss's slope along the vector. The bits of a product do not depend on K.
 *
 * @param theta `[1, P]`
 * @param vectors `[K, P]`
 * @returns `[K, P]`
 */
export function hessianProducts(
  model: Model,
  theta: tf.Tensor2D,
  vectors: tf.Tensor2D,
  batch: Batch,
): tf.Tensor2D {
  return tf.tidy(() => {
    const fused = fusedProducts(model, theta, vectors, batch);
    if (fused !== undefined) return fused;
    const products = tf
      .split<tf.Tensor2D>(vectors, vectors.shape[0])
      .map((vector) => tf.tidy(() => tf.grad(slopeAlong(model, vector, batch))(theta) as tf.Tensor2D));
    return tf.concat(products);
  });
}

function fusedProducts(
  model: Model,
  theta: tf.Tensor2D,
  vectors: tf.Tensor2D,
  {inputs, labels}: Batch,
): tf.Tensor2D | undefined {
  if (model.outputs !== 1 || model.logisticHessian === undefined) return undefined;
  const {targets, weights} = logisticTerms(labels);
  const products = model.logisticHessian(theta, tf.expandDims(vectors, 0), inputs, targets, weights);
  return products && tf.squeeze(products, [0]);
}

/** The derivative of the loss along a direction, `[1, P]`, as a function of the parameters. */
function slopeAlong(
  model: Model,
  direction: tf.Tensor2D,
  {inputs, labels}: Batch,
): (theta: tf.Tensor) => tf.Tensor {
  if (model.logitsAlong === undefined) {
    const loss = (theta: tf.Tensor): tf.Tensor =>
      tf.sum(crossEntropy(model.logits(theta as tf.Tensor2D, inputs, 'any'), labels));
    const gradient = tf.grad(loss);
    return (theta) => tf.sum(tf.mul(gradient(theta), direction));
  }
  const logitsAlong = model.logitsAlong.bind(model);
  return (theta) => {
    const {logits, derivative} = logitsAlong(theta as tf.Tensor2D, direction, inputs);
    return tf.sum(tf.mul(crossEntropySlope(tf.expandDims(logits, 0), labels), derivative));
  };
}
