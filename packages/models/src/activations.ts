/**
 * What follows the hidden layers of a perceptron. TensorFlow.js differentiates twice through exp, tanh and sigmoid without an
 * error, and wrongly; so each function here brings its own derivative, and that derivative its own, all computed from what the
 * function was given. Formulas avoid 1 − s and 1 − t², which lose their digits where a unit saturates.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Every function that may follow a hidden layer. */
export const ACTIVATIONS = ['relu', 'leaky-relu', 'tanh', 'sigmoid', 'gelu', 'silu', 'softplus'] as const;

/**
 * `leaky-relu` has a slope of 0.01 below zero; `gelu` is x Φ(x) with the normal distribution's Φ, not its approximation by tanh;
 * `silu` is x times the sigmoid of x.
 */
export type Activation = (typeof ACTIVATIONS)[number];

type Elementwise = <T extends tf.Tensor>(x: T) => T;

/** A function of one number and its derivative, each of which can be differentiated once more. */
export interface ActivationFunction {
  readonly value: Elementwise;
  readonly slope: Elementwise;
  /** Whether the slope jumps at zero, so that a network has no second derivative there. */
  readonly kinked: boolean;
}

/** That of PyTorch's `nn.LeakyReLU`; the function of TensorFlow.js has another default. */
const LEAK = 0.01;

export function activationFunction(name: Activation): ActivationFunction {
  switch (name) {
    case 'relu':
      return {value: (x) => tf.relu(x), slope: (x) => tf.step(x), kinked: true};
    case 'leaky-relu':
      return {value: (x) => tf.leakyRelu(x, LEAK), slope: (x) => tf.step(x, LEAK), kinked: true};
    case 'tanh':
      return smooth(
        (x) => tf.tanh(x),
        (x) => tf.mul(4, sigmoidSlope(tf.mul(x, 2))),
        (x) => tf.mul(tf.mul(-8, tf.tanh(x)), sigmoidSlope(tf.mul(x, 2))),
      );
    case 'sigmoid':
      return smooth((x) => tf.sigmoid(x), sigmoidSlope, sigmoidBend);
    case 'gelu':
      return smooth(
        (x) => tf.mul(x, normalShare(x)),
        (x) => tf.add(normalShare(x), tf.mul(x, normalDensity(x))),
        (x) => {
          const density = normalDensity(x);
          return tf.sub(tf.mul(2, density), tf.mul(x, tf.mul(x, density)));
        },
      );
    case 'silu':
      return smooth(
        (x) => tf.mul(x, tf.sigmoid(x)),
        (x) => tf.add(tf.sigmoid(x), tf.mul(x, sigmoidSlope(x))),
        (x) => tf.add(tf.mul(2, sigmoidSlope(x)), tf.mul(x, sigmoidBend(x))),
      );
    case 'softplus':
      return smooth(
        (x) => tf.softplus(x),
        (x) => tf.sigmoid(x),
        sigmoidSlope,
      );
  }
}

type Formula = (x: tf.Tensor) => tf.Tensor;

/** @param bend the second derivative */
function smooth(value: Formula, slope: Formula, bend: Formula): ActivationFunction {
  const differentiable = withDerivative(slope, bend);
  return {value: withDerivative(value, differentiable), slope: differentiable, kinked: false};
}

/** The function, whose derivative TensorFlow.js is told instead of finding it. */
function withDerivative(formula: Formula, derivative: Formula): Elementwise {
  return <T extends tf.Tensor>(x: T): T =>
    tf.customGrad((given, save) => {
      const point = given as tf.Tensor;
      (save as tf.GradSaveFunc)([point]);
      return {
        value: tf.tidy(() => formula(point)),
        gradFunc: (dy: tf.Tensor, [saved = point]: tf.Tensor[]) => tf.mul(dy, derivative(saved)),
      };
    })(x) as T;
}

/** s(x) s(−x), the first derivative of the sigmoid s. */
function sigmoidSlope(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sigmoid(x), tf.sigmoid(tf.neg(x)));
}

/** The second derivative of the sigmoid. */
function sigmoidBend(x: tf.Tensor): tf.Tensor {
  return tf.mul(sigmoidSlope(x), tf.sub(tf.sigmoid(tf.neg(x)), tf.sigmoid(x)));
}

/** Φ(x), the share of a standard normal distribution below x. */
function normalShare(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}

function normalDensity(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}
