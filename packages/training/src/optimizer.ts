/**
 * First-order optimizers on K flat parameter vectors, `[K, P]`. Rows never mix, so a network's path does not depend on its
 * neighbours, not even when one of them turns to NaN. The formulae stand with `optimizerStep` of `@minefield/tfjs-kernels`.
 */
import type {Optimizer} from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type {OptimizerSpec} from '@minefield/spec';

/** The kernel's name and constants for a recipe's optimizer. */
export function optimizerOf(spec: OptimizerSpec): Optimizer {
  return spec.name === 'sgd' ? {name: 'momentum', momentum: spec.momentum ?? 0} : spec;
}

/** Euclidean norm of each row, `[K, 1]`. */
export function rowNorms(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.sqrt(tf.sum(tf.square(rows), 1, true)));
}

/** Each row scaled to a norm, `[K, P]`; a row of zeros stays. */
export function rowsOfNorm(rows: tf.Tensor2D, norm: number): tf.Tensor2D {
  return tf.tidy(() => tf.mul(rows, tf.divNoNan(norm, rowNorms(rows))));
}
