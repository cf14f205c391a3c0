import * as tf from '@tensorflow/tfjs-core';

export interface ClippedRows {
  /** `[K, P]`, no row longer than the limit. */
  readonly clipped: tf.Tensor2D;
  /** Euclidean norm of each row before that, `[K, 1]`. */
  readonly norms: tf.Tensor2D;
}

/** Name of the kernel: input `rows`; attribute `limit`. */
export const CLIP_ROWS = 'ClipRows';

/**
 * Scales each row whose Euclidean norm is above `limit` down to it, such as the gradients of K networks. With the kernels of
 * this package registered it is one call instead of seven; both ways round each operation once, and give the same bits.
 *
 * @param rows `[K, P]`
 * @param limit > 0
 * @returns new tensors, which the caller disposes
 * @throws {RangeError} when the limit is none
 * @example const {clipped, norms} = clipRows(gradient, 8);
 */
export function clipRows(rows: tf.Tensor2D, limit: number): ClippedRows {
  if (!(limit > 0)) throw new RangeError(`tfjs-kernels.clipRows: expected a limit > 0, got ${limit}`);
  const fused = rows.dtype === 'float32' && tf.getKernel(CLIP_ROWS, tf.getBackend()) !== undefined;
  const [clipped, norms] = fused
    ? tf.engine().runKernel<tf.Tensor2D[]>(CLIP_ROWS, {rows}, {limit})
    : tf.tidy(() => compose(rows, limit));
  if (clipped === undefined || norms === undefined)
    throw new Error('tfjs-kernels.clipRows: the kernel gave no output');
  return {clipped, norms};
}

/** Norms are not taken to be less than this, so that none is divided by. */
export const LEAST_NORM = 1e-30;

function compose(rows: tf.Tensor2D, limit: number): tf.Tensor2D[] {
  const norms: tf.Tensor2D = tf.sqrt(tf.sum(tf.square(rows), 1, true));
  return [tf.mul(rows, tf.minimum(1, tf.div(limit, tf.maximum(norms, LEAST_NORM)))), norms];
}
