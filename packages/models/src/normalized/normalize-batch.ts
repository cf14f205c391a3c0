/**
 * Batch normalisation over the last dimension by the batch's own moments (Ioffe & Szegedy 2015), with the ReLU that follows:
 *
 *     m = mean x    v = mean (x − m)²    x̂ = (x − m) / √(v + ε)    y = max(0, γ x̂ + β)
 *
 * Backwards, with g = dL/dy where y > 0 and r rows:
 *
 *     dβ = Σ g    dγ = Σ g x̂    dx = γ / √(v + ε) · (g − dβ / r − x̂ dγ / r)
 *
 * TensorFlow.js would differentiate this through some twenty passes over memory. By hand it takes eight, and only x − m and y are kept.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Added to variances, as PyTorch does. */
export const EPSILON = 1e-5;

/** Moments of each channel, and what is left of the values without their mean. */
export interface ChannelMoments {
  /** `[channels]` */
  readonly mean: tf.Tensor1D;
  /** Biased, `[channels]`. */
  readonly variance: tf.Tensor1D;
  /** `[rows, channels]` */
  readonly centered: tf.Tensor2D;
}

/** @param x `[..., channels]` */
export function channelMoments(x: tf.Tensor): ChannelMoments {
  const rows = asRows(x);
  const mean = tf.mean(rows, 0) as tf.Tensor1D;
  const centered = tf.sub(rows, mean) as tf.Tensor2D;
  return {mean, centered, variance: tf.mean(tf.square(centered), 0) as tf.Tensor1D};
}

/** Values normalised by their moments, `[rows, channels]`. */
export function applyMoments(
  {centered, variance}: ChannelMoments,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
  rectified: boolean,
): tf.Tensor2D {
  const value = tf.batchNorm(centered, tf.zerosLike(scale), variance, shift, scale, EPSILON) as tf.Tensor2D;
  return rectified ? tf.relu(value) : value;
}

/**
 * @param x `[..., channels]`
 * @param scale γ, `[channels]`
 * @param shift β, `[channels]`
 * @param rectified whether a ReLU follows
 */
export function normalizeBatch<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
  rectified: boolean,
): T {
  const operation = tf.customGrad((...given) => {
    const [values, gamma, beta, save] = given as unknown as [T, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    const moments = channelMoments(values);
    const value = applyMoments(moments, gamma, beta, rectified);
    save([moments.centered, moments.variance, gamma, value]);
    return {
      value: tf.reshape(value, values.shape),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved as Saved, rectified),
    };
  });
  return operation(x, scale, shift) as T;
}

/** The same from operations of TensorFlow.js that it can differentiate by anything, also twice. */
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

type Saved = [centered: tf.Tensor2D, variance: tf.Tensor1D, scale: tf.Tensor1D, value: tf.Tensor2D];

function backward(dy: tf.Tensor, [centered, variance, scale, value]: Saved, rectified: boolean): tf.Tensor[] {
  return tf.tidy(() => {
    const [rows] = centered.shape;
    const outer = asRows(dy);
    const slope: tf.Tensor2D = rectified ? tf.mul(outer, tf.step(value)) : outer;
    const dShift = tf.sum(slope, 0) as tf.Tensor1D;
    const inverse = tf.rsqrt(tf.add(variance, EPSILON));
    const dScale: tf.Tensor1D = tf.mul(tf.sum(tf.mul(slope, centered), 0), inverse);
    const factor: tf.Tensor1D = tf.mul(scale, inverse);
    // −γ / √(v + ε) · (x̂ dγ / r + dβ / r) is a normalisation again, whose scale and shift hold the sums.
    const rest = tf.batchNorm(
      centered,
      tf.zerosLike(scale),
      variance,
      tf.mul(tf.mul(factor, dShift), -1 / rows) as tf.Tensor1D,
      tf.mul(tf.mul(factor, dScale), -1 / rows) as tf.Tensor1D,
      EPSILON,
    );
    const dx = tf.add(tf.mul(slope, factor), rest);
    return [tf.reshape(dx, dy.shape), dScale, dShift];
  });
}

function asRows(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1) ?? 1]);
}
