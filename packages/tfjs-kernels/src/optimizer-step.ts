import * as tf from '@tensorflow/tfjs-core';
import {checkKeys} from './check-keys.ts';

/** A first-order optimizer and its constants. */
export type Optimizer =
  | {readonly name: 'adam'; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number}
  | {readonly name: 'momentum'; readonly momentum?: number}
  | {readonly name: 'rmsprop'; readonly decay?: number; readonly epsilon?: number};

export interface OptimizerStep<T extends tf.Tensor = tf.Tensor> {
  readonly theta: T;
  /** Running averages for the next step. */
  readonly slots: readonly T[];
}

/** Constants of a step, defaults filled in and float64 arithmetic done. */
export type StepConstants =
  | {
      readonly name: 'adam';
      readonly beta1: number;
      readonly gamma1: number;
      readonly beta2: number;
      readonly gamma2: number;
      readonly rate: number;
      readonly root: number;
      readonly epsilon: number;
    }
  | {readonly name: 'momentum'; readonly mu: number; readonly rate: number}
  | {
      readonly name: 'rmsprop';
      readonly rho: number;
      readonly gamma: number;
      readonly rate: number;
      readonly epsilon: number;
    };

/** Running averages and keys of each optimizer. */
const OPTIMIZERS: {
  readonly [N in Optimizer['name']]: {readonly slots: 1 | 2; readonly keys: readonly string[]};
} = {
  adam: {slots: 2, keys: ['name', 'beta1', 'beta2', 'epsilon']},
  momentum: {slots: 1, keys: ['name', 'momentum']},
  rmsprop: {slots: 1, keys: ['name', 'decay', 'epsilon']},
};

/**
 * How many running averages an optimizer keeps; all start at zero.
 *
 * @throws {RangeError} when there is no optimizer of this name
 */
export function slotCount({name}: Pick<Optimizer, 'name'>): 1 | 2 {
  return knownOptimizer(name).slots;
}

function knownOptimizer(name: Optimizer['name']): (typeof OPTIMIZERS)['adam'] {
  if (Object.hasOwn(OPTIMIZERS, name)) return OPTIMIZERS[name];
  throw new RangeError(
    `tfjs-kernels.optimizerStep: expected an optimizer among ${Object.keys(OPTIMIZERS).join(', ')}, got "${String(name)}"`,
  );
}

/**
 * One step of an optimizer over parameters of any shape, such as K flat vectors `[K, P]`. With the kernels of this package
 * registered it is one pass over memory; on any other backend it is composed of TensorFlow.js operations. Both round each of
 * these operations once, so that they give the same numbers:
 *
 * - `adam` (Kingma & Ba 2015): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − (m / (√v · r + ε)) · η′ with
 *   η′ = η / (1 − β₁^(t+1)), r = 1 / √(1 − β₂^(t+1)); β₁ = 0.9, β₂ = 0.999, ε = 1e-8 by default
 * - `momentum`: m ← μm + g, θ ← θ − m · η; μ = 0.9 by default, 0 being plain gradient descent
 * - `rmsprop`: v ← ρv + (1 − ρ)g², θ ← θ − (g / (√v + ε)) · η; ρ = 0.9, ε = 1e-8 by default
 *
 * An average below 2⁻¹⁰⁰ becomes zero, and in an average of squares so does a gradient below 2⁻⁵⁰: beside ε no step shows the
 * difference, and the averages of idle parameters would end as subnormal numbers, over which processors take a hundred times
 * as long. NaN and infinity stay in the elements that they reach.
 *
 * @param theta parameters
 * @param slots running averages of the same shape: m and v for `adam`, one for the others; zeros before the first step
 * @param gradient of the same shape
 * @param learningRate η
 * @param step t, 0 for the first
 * @returns new tensors, which the caller disposes; arguments are left as they are
 * @throws {RangeError} when slots are missing or shapes differ, or the optimizer has an unknown name or key
 * @example
 * const {theta: next, slots: averages} = optimizerStep({name: 'adam'}, theta, [m, v], gradient, 1e-3, 0);
 */
export function optimizerStep<T extends tf.Tensor>(
  optimizer: Optimizer,
  theta: T,
  slots: readonly T[],
  gradient: T,
  learningRate: number,
  step: number,
): OptimizerStep<T> {
  checkKeys('tfjs-kernels.optimizerStep', optimizer, knownOptimizer(optimizer?.name).keys);
  const tensors = [theta, ...slots, gradient];
  if (
    slots.length !== slotCount(optimizer) ||
    tensors.some(({shape}) => !tf.util.arraysEqual(shape, theta.shape))
  ) {
    throw new RangeError(
      `tfjs-kernels.optimizerStep: expected ${slotCount(optimizer)} slots of shape [${theta.shape}] for ` +
        `${optimizer.name}, got shapes ${slots.map(({shape}) => `[${shape}]`).join(', ')} and a gradient [${gradient.shape}]`,
    );
  }
  const constants = constantsOf(optimizer, learningRate, step);
  const fused =
    tensors.every(({dtype}) => dtype === 'float32') &&
    tf.getKernel(OPTIMIZER_STEP, tf.getBackend()) !== undefined;
  const [next, ...averages] = fused
    ? run(theta, slots, gradient, constants)
    : tf.tidy(() => compose(theta, slots, gradient, constants));
  if (next === undefined) throw new Error('tfjs-kernels.optimizerStep: the kernel gave no output');
  return {theta: next as T, slots: averages as T[]};
}

/** Name of the kernel: inputs `theta`, `first`, `second` (for adam) and `gradient`; attributes {@link StepConstants}. */
export const OPTIMIZER_STEP = 'OptimizerStep';

function constantsOf(optimizer: Optimizer, rate: number, step: number): StepConstants {
  switch (optimizer.name) {
    case 'adam': {
      const {beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8} = optimizer;
      const corrected = rate / (1 - beta1 ** (step + 1));
      const root = 1 / Math.sqrt(1 - beta2 ** (step + 1));
      const [gamma1, gamma2] = [1 - beta1, 1 - beta2];
      return {name: 'adam', beta1, gamma1, beta2, gamma2, rate: corrected, root, epsilon};
    }
    case 'momentum':
      return {name: 'momentum', mu: optimizer.momentum ?? 0.9, rate};
    case 'rmsprop': {
      const {decay: rho = 0.9, epsilon = 1e-8} = optimizer;
      return {name: 'rmsprop', rho, gamma: 1 - rho, rate, epsilon};
    }
  }
}

function run(
  theta: tf.Tensor,
  slots: readonly tf.Tensor[],
  gradient: tf.Tensor,
  constants: StepConstants,
): tf.Tensor[] {
  const [first, second] = slots;
  const inputs = {theta, gradient, ...(first && {first}), ...(second && {second})};
  return tf.engine().runKernel(OPTIMIZER_STEP, inputs, {...constants});
}

function compose(
  theta: tf.Tensor,
  [first, second]: readonly tf.Tensor[],
  gradient: tf.Tensor,
  constants: StepConstants,
): tf.Tensor[] {
  if (first === undefined) throw new RangeError('tfjs-kernels.optimizerStep: expected a slot');
  const {name, rate} = constants;
  const moved = (direction: tf.Tensor): tf.Tensor => tf.sub(theta, tf.mul(direction, rate));
  switch (name) {
    case 'adam': {
      if (second === undefined) throw new RangeError('tfjs-kernels.optimizerStep: expected a second slot');
      const {beta1, gamma1, beta2, gamma2, root, epsilon} = constants;
      const m = decayed(first, gradient, beta1, gamma1);
      const v = decayed(second, squared(gradient), beta2, gamma2);
      return [moved(tf.div(m, tf.add(tf.mul(tf.sqrt(v), root), epsilon))), m, v];
    }
    case 'momentum': {
      const m = flushed(tf.add(tf.mul(first, constants.mu), gradient), SMALLEST_AVERAGE);
      return [moved(m), m];
    }
    case 'rmsprop': {
      const v = decayed(first, squared(gradient), constants.rho, constants.gamma);
      return [moved(tf.div(gradient, tf.add(tf.sqrt(v), constants.epsilon))), v];
    }
  }
}

/** rate · average + rest · value */
function decayed(average: tf.Tensor, value: tf.Tensor, rate: number, rest: number): tf.Tensor {
  return flushed(tf.add(tf.mul(average, rate), tf.mul(value, rest)), SMALLEST_AVERAGE);
}

function squared(gradient: tf.Tensor): tf.Tensor {
  return tf.square(flushed(gradient, SMALLEST_GRADIENT));
}

const SMALLEST_AVERAGE = 2 ** -100;
const SMALLEST_GRADIENT = 2 ** -50;

/** Zero where |value| is below the limit. */
function flushed(value: tf.Tensor, limit: number): tf.Tensor {
  return tf.where(tf.less(tf.abs(value), limit), tf.zerosLike(value), value);
}
