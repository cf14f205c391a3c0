import * as tf from '@tensorflow/tfjs-core';

/** Whether the backend has a kernel of this name (those of `@minefield/tfjs-kernels` take float32 alone) for these tensors. */
export function hasKernel(name: string, ...operands: readonly tf.Tensor[]): boolean {
  return (
    tf.getKernel(name, tf.getBackend()) !== undefined && operands.every(({dtype}) => dtype === 'float32')
  );
}
