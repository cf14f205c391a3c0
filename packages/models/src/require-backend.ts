import {InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Asks for a backend of TensorFlow.js before anything is computed; it would itself only say that its registry is empty.
 *
 * @param caller `package.function`, as errors name it
 * @throws {InputError} when none runs, and none can be started without waiting
 */
export function requireBackend(caller: string): void {
  try {
    tf.backend();
  } catch (cause) {
    throw new InputError(
      `${caller}: expected a TensorFlow.js backend that runs, got none; await startBackend() of @minefield/backend first`,
      {cause},
    );
  }
}
