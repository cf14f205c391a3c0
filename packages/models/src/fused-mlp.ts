/**
 * Multilayer perceptrons as one kernel, where the backend has one (`@minefield/tfjs-kernels` registers `Mlp`, `MlpGradient`,
 * `MlpLogisticGradient` and `MlpLogisticHessian` for WASM). TensorFlow.js's registry joins the two packages; neither imports the other.
 */
import {InternalError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {hasKernel} from './has-kernel.ts';
import type {LogitsPurpose} from './model.ts';

/**
 * Logits `[K, n, outputs]`, or undefined where no kernel does it: on other backends, for tensors of other kinds, or when
 * more than one derivative, by the parameters, is wanted.
 */
export function fusedMlp(
  thetas: tf.Tensor2D,
  inputs: tf.Tensor,
  widths: readonly number[],
  purpose: LogitsPurpose,
): tf.Tensor3D | undefined {
  if (purpose === 'any' || !hasKernel('Mlp', thetas, inputs)) return undefined;
  const run = (points: tf.Tensor, keepActivations: boolean): tf.Tensor[] =>
    tf.engine().runKernel('Mlp', {thetas: points, inputs}, {widths: [...widths], keepActivations});
  if (purpose === 'values') return run(thetas, false)[0] as tf.Tensor3D;
  const logits = tf.customGrad((points, save) => {
    const [value, activations] = run(points as tf.Tensor, true);
    if (value === undefined || activations === undefined)
      throw new InternalError('models.fusedMlp: the kernel gave no output');
    (save as tf.GradSaveFunc)([points as tf.Tensor, activations]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [theta, kept] = saved;
        if (theta === undefined || kept === undefined)
          throw new InternalError('models.fusedMlp: nothing was saved');
        return tf
          .engine()
          .runKernel<tf.Tensor>(
            'MlpGradient',
            {thetas: theta, inputs, activations: kept, dy},
            {widths: [...widths]},
          );
      },
    };
  });
  return logits(thetas) as tf.Tensor3D;
}

/** The gradient of `Model.logisticGradient`, or undefined where no kernel does it. */
export function fusedLogisticGradient(
  thetas: tf.Tensor2D,
  inputs: tf.Tensor,
  targets: tf.Tensor2D,
  weights: tf.Tensor2D,
  widths: readonly number[],
): tf.Tensor2D | undefined {
  if (widths.at(-1) !== 1 || !hasKernel('MlpLogisticGradient', thetas, inputs)) return undefined;
  return tf
    .engine()
    .runKernel<tf.Tensor2D>('MlpLogisticGradient', {thetas, inputs, targets, weights}, {widths: [...widths]});
}

/** The products of `Model.logisticHessian`, or undefined where no kernel does them. */
export function fusedLogisticHessian(
  thetas: tf.Tensor2D,
  vectors: tf.Tensor3D,
  inputs: tf.Tensor,
  targets: tf.Tensor2D,
  weights: tf.Tensor2D,
  widths: readonly number[],
): tf.Tensor3D | undefined {
  if (widths.at(-1) !== 1 || !hasKernel('MlpLogisticHessian', thetas, vectors, inputs)) return undefined;
  return tf
    .engine()
    .runKernel<tf.Tensor3D>(
      'MlpLogisticHessian',
      {thetas, vectors, inputs, targets, weights},
      {widths: [...widths]},
    );
}
