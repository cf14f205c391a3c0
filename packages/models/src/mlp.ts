import {type ParameterSpec, parameterLayout, InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {fusedLogisticGradient, fusedMlp} from './fused-mlp.ts';
import type {LogitsPurpose, Model, VariedLogits} from './model.ts';

export interface MlpOptions {
  /** Features of one example. */
  readonly inputs: number;
  /** Units of each hidden layer, each followed by a ReLU. */
  readonly hidden: readonly number[];
  /** Columns of the logits; 1 for the log-odds of class 1 of two. */
  readonly outputs: number;
}

/**
 * A multilayer perceptron with ReLU between its layers. Kernels are `[in, out]`, as TensorFlow stores them; layer i
 * holds `dense<i>/kernel` and `dense<i>/bias`.
 *
 * @example mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1}) // the paper's spiral network, P = 3,614
 */
export function mlp(options: MlpOptions): Model {
  const widths = [options.inputs, ...options.hidden, options.outputs];
  const layers = options.hidden.length + 1;
  const specs: ParameterSpec[] = [];
  for (let i = 0; i < layers; i++) {
    const fanIn = widths[i] ?? 0;
    const fanOut = widths[i + 1] ?? 0;
    specs.push({name: `dense${i}/kernel`, shape: [fanIn, fanOut], role: 'kernel'});
    specs.push({name: `dense${i}/bias`, shape: [fanOut], role: 'bias'});
  }
  const layout = parameterLayout(specs);
  const sizes = layout.slices.map((slice) => slice.size);

  function logits(thetas: tf.Tensor2D, inputs: tf.Tensor, purpose: LogitsPurpose = 'any'): tf.Tensor3D {
    return tf.tidy(() => {
      const fused = fusedMlp(thetas, inputs, widths, purpose);
      if (fused !== undefined) return fused;
      const networks = thetas.shape[0];
      const parts = tf.split(thetas, sizes, 1);
      let activations =
        inputs.rank === 2 ? (tf.expandDims(inputs, 0) as tf.Tensor3D) : (inputs as tf.Tensor3D);
      for (let i = 0; i < layers; i++) {
        const [kernel, bias] = [parts[2 * i], parts[2 * i + 1]];
        if (kernel === undefined || bias === undefined)
          throw new InputError('models.mlp: layout lost a layer');
        const [fanIn, fanOut] = [widths[i] ?? 0, widths[i + 1] ?? 0];
        const product = tf.matMul(activations, tf.reshape(kernel, [networks, fanIn, fanOut]));
        const affine = tf.add(product, tf.reshape(bias, [networks, 1, fanOut]));
        activations = (i < layers - 1 ? tf.relu(affine) : affine) as tf.Tensor3D;
      }
      return activations;
    });
  }

  function logitsAlong(theta: tf.Tensor2D, direction: tf.Tensor2D, inputs: tf.Tensor): VariedLogits {
    return tf.tidy(() => {
      const [parts, along] = [theta, direction].map((vector) => tf.split(vector, sizes, 1));
      let activations = inputs as tf.Tensor2D;
      let derivative: tf.Tensor2D | undefined;
      for (let i = 0; i < layers; i++) {
        const shape: [number, number] = [widths[i] ?? 0, widths[i + 1] ?? 0];
        const [kernel, bias, movedKernel, movedBias] = [
          parts?.[2 * i],
          parts?.[2 * i + 1],
          along?.[2 * i],
          along?.[2 * i + 1],
        ];
        if (!kernel || !bias || !movedKernel || !movedBias) {
          throw new InputError('models.mlp: layout lost a layer');
        }
        const weights = tf.reshape(kernel, shape);
        const own = tf.add(tf.matMul(activations, tf.reshape(movedKernel, shape)), movedBias);
        const moved = derivative ? tf.add(own, tf.matMul(derivative, weights)) : own;
        const affine = tf.add(tf.matMul(activations, weights), bias) as tf.Tensor2D;
        const hidden = i < layers - 1;
        activations = hidden ? tf.relu(affine) : affine;
        derivative = (hidden ? tf.mul(moved, tf.step(affine)) : moved) as tf.Tensor2D;
      }
      if (derivative === undefined) throw new InputError('models.mlp: there are no layers');
      return {logits: activations, derivative};
    }) as unknown as VariedLogits;
  }

  return {
    name: `mlp ${widths.join('-')}`,
    layout,
    inputShape: [options.inputs],
    outputs: options.outputs,
    logits,
    logitsAlong,
    logisticGradient: (thetas, inputs, targets, weights) =>
      fusedLogisticGradient(thetas, inputs, targets, weights, widths),
  };
}
