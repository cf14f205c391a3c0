/**
 * First-order optimizers as pure functions over K flat parameter vectors: state goes in, state comes out. Rows never mix,
 * so a network's path does not depend on its neighbours, not even when one of them turns to NaN.
 */
import * as tf from '@tensorflow/tfjs-core';
import type {OptimizerSpec} from './recipe.ts';

/** Running averages of an optimizer, each `[K, P]`: Adam holds two, the others one. */
export type OptimizerSlots = readonly tf.Tensor2D[];

export interface OptimizerStep {
  readonly theta: tf.Tensor2D;
  readonly slots: OptimizerSlots;
}

/** How many `[K, P]` arrays an optimizer keeps. */
export function slotCount(spec: OptimizerSpec): number {
  return spec.name === 'adam' ? 2 : 1;
}

/**
 * One step.
 *
 * - `adam` (Kingma & Ba 2015): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η m̂ / (√v̂ + ε), with bias correction
 * - `sgd`: m ← μm + g, θ ← θ − ηm
 * - `rmsprop`: v ← ρv + (1 − ρ)g², θ ← θ − η g / (√v + ε)
 *
 * @param step 0 for the first
 * @returns new tensors, which the caller disposes
 */
export function optimizerStep(
  spec: OptimizerSpec,
  theta: tf.Tensor2D,
  slots: OptimizerSlots,
  gradient: tf.Tensor2D,
  learningRate: number,
  step: number,
): OptimizerStep {
  const [first, second] = slots;
  if (first === undefined || slots.length !== slotCount(spec)) {
    throw new RangeError(
      `training.optimizerStep: expected ${slotCount(spec)} slots for ${spec.name}, got ${slots.length}`,
    );
  }
  switch (spec.name) {
    case 'adam': {
      const {beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8} = spec;
      if (second === undefined)
        throw new RangeError('training.optimizerStep: expected a second moment for adam');
      const m = decayed(first, gradient, beta1);
      const v = decayed(second, tf.square(gradient), beta2);
      const rate = learningRate / (1 - beta1 ** (step + 1));
      const root = 1 / Math.sqrt(1 - beta2 ** (step + 1));
      const divisor = tf.add(tf.mul(tf.sqrt(v), root), epsilon);
      return {theta: tf.sub(theta, tf.mul(tf.div(m, divisor), rate)), slots: [m, v]};
    }
    case 'sgd': {
      const {momentum = 0} = spec;
      const m: tf.Tensor2D = tf.add(tf.mul(first, momentum), gradient);
      return {theta: tf.sub(theta, tf.mul(m, learningRate)), slots: [m]};
    }
    case 'rmsprop': {
      const {decay = 0.9, epsilon = 1e-8} = spec;
      const v = decayed(first, tf.square(gradient), decay);
      const update = tf.mul(tf.div(gradient, tf.add(tf.sqrt(v), epsilon)), learningRate);
      return {theta: tf.sub(theta, update), slots: [v]};
    }
  }
}

/** rate · average + (1 − rate) · value */
function decayed(average: tf.Tensor2D, value: tf.Tensor2D, rate: number): tf.Tensor2D {
  return tf.add(tf.mul(average, rate), tf.mul(value, 1 - rate));
}

/** Scales each row of `gradient` `[K, P]` whose norm `[K, 1]` is above `clipNorm` down to it. */
export function clipRows(gradient: tf.Tensor2D, norms: tf.Tensor2D, clipNorm: number): tf.Tensor2D {
  return tf.tidy(() => tf.mul(gradient, tf.minimum(1, tf.div(clipNorm, tf.maximum(norms, 1e-30)))));
}

/** Euclidean norm of each row, `[K, 1]`. */
export function rowNorms(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.sqrt(tf.sum(tf.square(rows), 1, true)));
}
