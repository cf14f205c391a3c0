/**
 * Registers the gradient of every TensorFlow.js operation, in Node.
 *
 * `@tensorflow/tfjs-core` leaves them out of its Node bundle ("gradient function not found for Sum"), and the files that
 * hold them cannot be loaded by Node as they are; `@tensorflow/tfjs-layers` carries them in a form that can.
 */
export async function registerGradients(): Promise<void> {
  await import('@tensorflow/tfjs-layers');
}
