import {
  type ParameterSpec,
  InputError,
  InternalError,
  at,
  checkOptions,
  checkWord,
  parameterLayout,
} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {ACTIVATIONS, type Activation, activationFunction} from './activations.ts';
import {checkSizeList, checkSizes} from './checks.ts';
import {fusedLogisticGradient, fusedLogisticHessian, fusedMlp} from './fused-mlp.ts';
import type {LogitsPurpose, Model, RectifiedLayers, VariedLogits} from './model.ts';

export interface MlpOptions {
  /** Features of one example. */
  readonly inputs: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** Columns of the logits; 1 for the log-odds of class 1 of two. */
  readonly outputs: number;
  /** What follows each hidden layer. Default `relu`, which alone has kernels of its own, and so is much the fastest. */
  readonly activation?: Activation | undefined;
  /** Whether layers have biases. Default true. */
  readonly bias?: boolean | undefined;
}

/**
 * A multilayer perceptron. Kernels are `[in, out]`, as TensorFlow stores them; layer i holds `dense<i>/kernel` and
 * `dense<i>/bias`.
 *
 * @throws {InputError} when an option is missing, no size, no activation, or one that nobody reads
 * @example mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1}) // the paper's spiral network, P = 3,614
 * @example mlp({inputs: 2, hidden: [16, 16], outputs: 3, activation: 'tanh', bias: false})
 */
export function mlp(options: MlpOptions): Model {
  checkOptions('models.mlp', options, {
    inputs: true,
    hidden: true,
    outputs: true,
    activation: true,
    bias: true,
  });
  const {inputs: features, hidden, outputs, activation = 'relu', bias: biased = true} = options;
  checkSizes('mlp', {inputs: features, outputs});
  checkSizeList('mlp', 'hidden', hidden);
  checkWord('models.mlp', 'an activation', activation, ACTIVATIONS);
  if (typeof biased !== 'boolean') {
    throw new InputError(
      `models.mlp: expected bias to be true or false, got ${String(biased)}; leave it out for true`,
    );
  }
  const widths = [features, ...hidden, outputs];
  const layers = layersOf(widths);
  const {value: activate, slope, kinked} = activationFunction(activation);
  const fused = biased && (activation === 'relu' || hidden.length === 0);
  const layout = parameterLayout(
    layers.flatMap(({fanIn, fanOut}, i): ParameterSpec[] => [
      {name: `dense${i}/kernel`, shape: [fanIn, fanOut], role: 'kernel'},
      ...(biased ? [{name: `dense${i}/bias`, shape: [fanOut], role: 'bias'} as const] : []),
    ]),
  );

  /** Kernels and biases of vectors `[K, P]`, layer by layer, in one row each. */
  function split(vectors: tf.Tensor2D): LayerTensors[] {
    const sizes = layout.slices.map(({size}) => size);
    // TensorFlow.js cannot differentiate a split into one.
    const parts = sizes.length === 1 ? [vectors] : tf.split(vectors, sizes, 1);
    const perLayer = biased ? 2 : 1;
    return layers.map((layer, i) => {
      const [kernel, bias] = parts.slice(perLayer * i, perLayer * (i + 1));
      if (kernel === undefined || (bias !== undefined) !== biased) {
        throw new InternalError(`models.mlp: expected the kernel and the bias of layer ${i}; this is a bug`);
      }
      return {...layer, kernel, bias};
    });
  }

  /** What each layer makes of its inputs before the activation, `[K, n, width]`; the last are the logits. */
  function affineLayers(thetas: tf.Tensor2D, inputs: tf.Tensor): tf.Tensor3D[] {
    const [networks] = thetas.shape;
    let activations = (inputs.rank === 2 ? tf.expandDims(inputs, 0) : inputs) as tf.Tensor3D;
    return split(thetas).map(({kernel, bias, fanIn, fanOut, last}) => {
      const product: tf.Tensor3D = tf.matMul(activations, tf.reshape(kernel, [networks, fanIn, fanOut]));
      const affine: tf.Tensor3D = bias ? tf.add(product, tf.reshape(bias, [networks, 1, fanOut])) : product;
      if (!last) activations = activate(affine);
      return affine;
    });
  }

  function logits(thetas: tf.Tensor2D, inputs: tf.Tensor, purpose: LogitsPurpose = 'any'): tf.Tensor3D {
    return tf.tidy(
      () =>
        (fused ? fusedMlp(thetas, inputs, widths, purpose) : undefined) ??
        (affineLayers(thetas, inputs).at(-1) as tf.Tensor3D),
    );
  }

  function logitsAlong(theta: tf.Tensor2D, direction: tf.Tensor2D, inputs: tf.Tensor): VariedLogits {
    return tf.tidy(() => {
      const moves = split(direction);
      let value = inputs as tf.Tensor2D;
      let derivative: tf.Tensor2D | undefined;
      for (const [i, {kernel, bias, fanIn, fanOut, last}] of split(theta).entries()) {
        const move = at(moves, i);
        const weights: tf.Tensor2D = tf.reshape(kernel, [fanIn, fanOut]);
        const own = plus(tf.matMul(value, tf.reshape(move.kernel, [fanIn, fanOut])), move.bias);
        const moved: tf.Tensor2D = derivative ? tf.add(own, tf.matMul(derivative, weights)) : own;
        const affine = plus(tf.matMul(value, weights), bias);
        value = last ? affine : activate(affine);
        derivative = last ? moved : tf.mul(moved, slope(affine));
      }
      return {logits: value, derivative};
    }) as unknown as VariedLogits;
  }

  const rectified: RectifiedLayers = {
    units: hidden,
    preActivations: (thetas, inputs) =>
      tf.tidy(() => tf.concat(affineLayers(thetas, inputs).slice(0, -1), 2)),
  };

  return {
    name: [
      'mlp',
      widths.join('-'),
      ...(activation === 'relu' ? [] : [activation]),
      ...(biased ? [] : ['bias-free']),
    ].join(' '),
    layout,
    inputShape: [features],
    outputs,
    logits,
    logitsAlong,
    ...(fused
      ? {
          logisticGradient: (thetas, inputs, targets, weights) =>
            fusedLogisticGradient(thetas, inputs, targets, weights, widths),
          logisticHessian: (thetas, vectors, inputs, targets, weights) =>
            fusedLogisticHessian(thetas, vectors, inputs, targets, weights, widths),
        }
      : {bytesPerNetwork: BYTES_PER_UNIT * widths.reduce((sum, width) => sum + width, 0)}),
    ...(hidden.length > 0 && kinked && {rectified}),
  };
}

/** Products, sums, activations and their derivatives, in float32. */
const BYTES_PER_UNIT = 32;

interface Layer {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly last: boolean;
}

interface LayerTensors extends Layer {
  readonly kernel: tf.Tensor;
  readonly bias: tf.Tensor | undefined;
}

/** With the bias, where there is one. */
function plus(product: tf.Tensor2D, bias: tf.Tensor | undefined): tf.Tensor2D {
  return bias ? tf.add(product, bias) : product;
}

function layersOf(widths: readonly number[]): Layer[] {
  return widths.slice(1).map((fanOut, i) => ({fanIn: at(widths, i), fanOut, last: i + 2 === widths.length}));
}
