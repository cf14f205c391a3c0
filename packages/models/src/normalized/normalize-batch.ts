/**
 * Batch normalization over the last dimension by the batch's own moments (Ioffe & Szegedy 2015), with the ReLU that follows:
 *
 *     m = mean x    v = mean (x − m)²    x̂ = (x − m) / √(v + ε)    y = max(0, γ x̂ + β)
 *
 * Backwards, with g = dL/dy where y > 0, and r rows:
 *
 *     dβ = Σ g    dγ = Σ g x̂    dx = γ / √(v + ε) · (g − dβ / r − x̂ dγ / r)
 *
 * Differentiated by TensorFlow.js this takes some twenty passes over memory, each of which it keeps. By hand it is half as many,
 * and x and y are kept; where the backend has the kernels for it (`@minefield/tfjs-kernels` registers them for WASM) it is five.
 */
import {at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {hasKernel} from '../has-kernel.ts';

/** Added to variances, as PyTorch does. */
export const EPSILON = 1e-5;

/** Normalized values, and the moments that they were normalized by. */
export interface NormalizedBatch<T extends tf.Tensor> {
  readonly value: T;
  /** `[channels]` */
  readonly mean: tf.Tensor1D;
  /** Biased, `[channels]`. */
  readonly variance: tf.Tensor1D;
}

/**
 * Values alone, without a gradient.
 *
 * @param x `[..., channels]`
 * @param scale γ, `[channels]`
 * @param shift β, `[channels]`
 * @param rectified whether a ReLU follows
 */
export function normalizedBatch<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
  rectified: boolean,
): NormalizedBatch<T> {
  if (fits('BatchNormTraining', x, scale, shift)) {
    const inputs = {x, scale, offset: shift};
    const [value, mean, variance] = tf
      .engine()
      .runKernel<tf.Tensor[]>('BatchNormTraining', inputs, {varianceEpsilon: EPSILON, rectified});
    return {value, mean, variance} as NormalizedBatch<T>;
  }
  const {mean, centered, variance} = channelMoments(x);
  const plain = tf.batchNorm(centered, tf.zerosLike(scale), variance, shift, scale, EPSILON);
  const value = tf.reshape(rectified ? tf.relu(plain) : plain, x.shape) as T;
  return {value, mean, variance};
}

/** Differentiable once, by all tensors. */
export function normalizeBatch<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
  rectified: boolean,
): T {
  const operation = tf.customGrad((...given) => {
    const [values, gamma, beta, save] = given as unknown as [T, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    const {value, mean, variance} = normalizedBatch(values, gamma, beta, rectified);
    save([values, value, mean, variance, gamma, beta]);
    return {value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved as Saved, rectified)};
  });
  return operation(x, scale, shift) as T;
}

/** The same from operations that TensorFlow.js can differentiate itself, also twice. */
export function normalizeBatchComposed<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
  rectified: boolean,
): T {
  const {centered, variance} = channelMoments(x);
  const slope = tf.div(scale, tf.sqrt(tf.add(variance, EPSILON)));
  const value = tf.add(tf.mul(centered, slope), shift);
  return tf.reshape(rectified ? tf.relu(value) : value, x.shape) as T;
}

function channelMoments(x: tf.Tensor) {
  const rows = asRows(x);
  const mean = tf.mean(rows, 0) as tf.Tensor1D;
  const centered = tf.sub(rows, mean) as tf.Tensor2D;
  return {mean, centered, variance: tf.mean(tf.square(centered), 0) as tf.Tensor1D};
}

type Saved = [
  x: tf.Tensor,
  y: tf.Tensor,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
];

/** Gradients by values, scale and shift. */
function backward(
  dy: tf.Tensor,
  [x, y, mean, variance, scale, shift]: Saved,
  rectified: boolean,
): tf.Tensor[] {
  if (fits('BatchNormTrainingGradient', dy)) {
    const inputs = {x, dy, mean, variance, scale, offset: shift};
    return tf.engine().runKernel('BatchNormTrainingGradient', inputs, {varianceEpsilon: EPSILON, rectified});
  }
  return tf.tidy(() => {
    const [slopes, centered] = [asRows(dy), tf.sub(asRows(x), mean)];
    const [rows] = slopes.shape;
    const gated: tf.Tensor2D = rectified ? tf.mul(slopes, tf.step(asRows(y))) : slopes;
    const inverse = tf.rsqrt(tf.add(variance, EPSILON));
    const dShift = tf.sum(gated, 0) as tf.Tensor1D;
    const dScale: tf.Tensor1D = tf.mul(tf.sum(tf.mul(gated, centered), 0), inverse);
    const [share, tilt] = [tf.div(dShift, rows), tf.div(tf.mul(dScale, inverse), rows)];
    const rest = tf.sub(tf.sub(gated, share), tf.mul(centered, tilt));
    return [tf.reshape(tf.mul(rest, tf.mul(scale, inverse)), dy.shape), dScale, dShift];
  });
}

/** Whether the backend has the kernel; it takes channels by fours. */
function fits(name: string, values: tf.Tensor, ...others: readonly tf.Tensor[]): boolean {
  return at(values.shape, -1) % 4 === 0 && hasKernel(name, values, ...others);
}

function asRows(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [-1, at(x.shape, -1)]);
}
