import type {ParameterLayout} from '@minefield/core';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * A network: what its flat parameter vector means, and a pure function from K such vectors and a batch of inputs to
 * logits. There are no layer objects and no hidden state.
 */
export interface Model {
  /**
   * Architecture in words, such as `mlp 2-23-16-26-32-28-31-1`. Of the networks of this package they say all of it: `modelFromName`
   * makes the same again.
   */
  readonly name: string;
  readonly layout: ParameterLayout;
  /** Shape of one example. */
  readonly inputShape: readonly number[];
  /** Columns of the logits: the number of classes, or 1 for the log-odds of class 1 of two. */
  readonly outputs: number;
  /**
   * Heap that an example takes while the logits of one network are differentiated, in bytes, where that is much and K networks
   * are evaluated one after another, as those of images are. Whoever has many examples or networks then gives few at a time.
   */
  readonly bytesPerExample?: number;
  /**
   * Heap that an example takes for each of several networks that are evaluated together, in bytes; left out where a kernel of
   * their own keeps little of it.
   */
  readonly bytesPerNetwork?: number;
  /**
   * @param thetas `[K, P]`
   * @param inputs `[n, ...inputShape]`, shared by all networks, or `[K, n, ...inputShape]`, one batch for each
   * @param purpose what the logits are for; narrower purposes may use faster kernels, and change no more than rounding
   * @returns `[K, n, outputs]`; the bits of network k depend neither on K nor on its place
   */
  logits(thetas: tf.Tensor2D, inputs: tf.Tensor, purpose?: LogitsPurpose): tf.Tensor3D;
  /**
   * Logits of one network and their derivative along a direction in the space of parameters, by operations that can be
   * differentiated by the parameters once: what products with the Hessian are made of. Where it is absent, the caller
   * differentiates {@link logits} twice.
   *
   * @param theta `[1, P]`
   * @param direction `[1, P]`
   * @param inputs `[n, ...inputShape]`
   */
  logitsAlong?(theta: tf.Tensor2D, direction: tf.Tensor2D, inputs: tf.Tensor): VariedLogits;
  /**
   * Gradient of Σ weight · softplus(−target · logit) by the parameters, `[K, P]`, where one kernel has it for a model of one
   * output; undefined elsewhere, and the caller differentiates {@link logits}.
   *
   * @param targets ±1, or any factor of the logit, `[K, n]`
   * @param weights `[K, n]`
   */
  logisticGradient?(
    thetas: tf.Tensor2D,
    inputs: tf.Tensor,
    targets: tf.Tensor2D,
    weights: tf.Tensor2D,
  ): tf.Tensor2D | undefined;
  /**
   * Products of D vectors for each of K networks with the Hessian of that sum, `[K, D, P]`, where one kernel has them for a model
   * of one output; undefined elsewhere, and the caller differentiates {@link logitsAlong} or {@link logits}.
   *
   * @param vectors `[K, D, P]`
   */
  logisticHessian?(
    thetas: tf.Tensor2D,
    vectors: tf.Tensor3D,
    inputs: tf.Tensor,
    targets: tf.Tensor2D,
    weights: tf.Tensor2D,
  ): tf.Tensor3D | undefined;
  /** The layers with ReLUs, where the model can tell: a network is not smooth where what one of these is given is zero. */
  readonly rectified?: RectifiedLayers;
}

/** What the ReLUs of a network are given, or leaky ones. */
export interface RectifiedLayers {
  /** Units of each layer that a ReLU follows; in a layer of images, every pixel of every channel is one. */
  readonly units: readonly number[];
  /**
   * The numbers that become zero, or a share of themselves, where they are negative; one layer after another.
   *
   * @param thetas `[K, P]`
   * @param inputs as those of {@link Model.logits}
   * @returns `[K, n, units of all layers]`
   */
  preActivations(thetas: tf.Tensor2D, inputs: tf.Tensor): tf.Tensor3D;
}

/** Logits and their derivative along a direction, `[n, outputs]` each. */
export interface VariedLogits {
  readonly logits: tf.Tensor2D;
  readonly derivative: tf.Tensor2D;
}

/**
 * What logits are for: `values` (never differentiated), `gradient` (differentiated once, by the parameters), or `any`
 * (also by the inputs, or twice; the default).
 */
export type LogitsPurpose = 'values' | 'gradient' | 'any';

/** Number of classes that a model tells apart. */
export function classCount(model: Model): number {
  return Math.max(2, model.outputs);
}

/** How many numbers one example of a network is. */
export function exampleSizeOf({inputShape}: Pick<Model, 'inputShape'>): number {
  return inputShape.reduce((product, length) => product * length, 1);
}
