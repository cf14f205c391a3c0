/** Registers the gradient of every TensorFlow.js operation, in browsers and bundles, where `tfjs-core` leaves that to the user. */
export async function registerGradients(): Promise<void> {
  await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
}
