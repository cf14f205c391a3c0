import * as tf from '@tensorflow/tfjs-core';

/** K vectors as a tensor `[K, length]`. */
export function stackRows(rows: readonly Float32Array[], length: number): tf.Tensor2D {
  const values = new Float32Array(rows.length * length);
  rows.forEach((row, k) => values.set(row, k * length));
  return tf.tensor2d(values, [rows.length, length]);
}

/** The rows of a tensor, each an array of its own. */
export async function readRows(matrix: tf.Tensor2D): Promise<Float32Array[]> {
  const [networks, length] = matrix.shape;
  const values = (await matrix.data()) as Float32Array;
  return Array.from({length: networks}, (_, k) => values.slice(k * length, (k + 1) * length));
}
