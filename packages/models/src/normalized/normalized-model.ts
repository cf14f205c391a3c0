import type {ParameterLayout} from '@minefield/core';
import type * as tf from '@tensorflow/tfjs-core';
import type {Model} from '../model.ts';

/**
 * A network with batch normalization. Its logits depend on more than its parameters: on the mean and variance by which each
 * channel is normalized. While it trains, those are the batch's own; afterwards they are a vector of _statistics_, estimated
 * once over the training set by {@link estimateStatistics} and then fixed, so that the network is a pure function again.
 */
export interface NormalizedModel {
  /** Architecture in words that tell two models apart. */
  readonly name: string;
  readonly layout: ParameterLayout;
  /** Shape of one example, `[height, width, channels]`. */
  readonly inputShape: readonly number[];
  /** Number of classes. */
  readonly outputs: number;
  /** What the entries of a vector of statistics mean. */
  readonly statistics: StatisticsLayout;
  /**
   * The network as it trains: each call normalizes by the mean and the biased variance over its own batch (all examples and
   * pixels of one network), so a batch has to be one call. Differentiable by the parameters.
   */
  readonly training: Model;
  /**
   * The network as it is used: a pure function of parameters and inputs.
   *
   * @param statistics `[S]` for all networks alike, or `[K, S]`, one row for each
   */
  frozen(statistics: Float32Array): Model;
  /**
   * Mean and biased variance of each normalized channel over the batch, earlier layers being normalized by the batch's own.
   *
   * @param thetas `[K, P]`
   * @param inputs `[n, ...inputShape]`, or one batch for each network
   * @returns `[K, S]`
   */
  batchMoments(thetas: tf.Tensor2D, inputs: tf.Tensor): tf.Tensor2D;
}

/** Names the stretches of a vector of statistics. */
export interface StatisticsLayout {
  /** Length S of the vector. */
  readonly dimension: number;
  readonly slices: readonly StatisticsSlice[];
}

export interface StatisticsSlice {
  /** Such as `norm0/moving_mean`: the names that TensorFlow gives the state of a normalization. */
  readonly name: string;
  readonly kind: 'mean' | 'variance';
  /** First index in the vector. */
  readonly offset: number;
  /** Number of channels. */
  readonly size: number;
}

/** Whether a network has batch normalization, and so statistics. */
export function isNormalized(model: Model | NormalizedModel): model is NormalizedModel {
  return 'frozen' in model;
}
