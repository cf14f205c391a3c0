import * as tf from '@tensorflow/tfjs-core';
import {type BackendName, BackendUnavailableError} from './backend.ts';

/** Initializations that are under way, so that a second start waits for the first rather than removes what it has made. */
const starting = new Map<BackendName, Promise<void>>();

/**
 * Makes a registered backend the active one. TensorFlow.js itself only warns on the console when a backend cannot be
 * initialized, and leaves the name of the failed one behind; here the cause is thrown and nothing has changed.
 *
 * @throws {BackendUnavailableError} when it is not registered, or its initialization fails
 */
export async function activate(name: BackendName, remedy: string): Promise<void> {
  if (!isRunning(name)) {
    const start = starting.get(name) ?? initialize(name, remedy).finally(() => starting.delete(name));
    starting.set(name, start);
    await start;
  }
  await tf.setBackend(name);
}

async function initialize(name: BackendName, remedy: string): Promise<void> {
  const factory = tf.findBackendFactory(name);
  if (factory === null || factory === undefined) {
    throw new BackendUnavailableError(
      name,
      'its package registered with another copy of @tensorflow/tfjs-core',
      'install one version of all @tensorflow packages (npm dedupe)',
    );
  }
  let backend: tf.KernelBackend;
  try {
    backend = await factory();
  } catch (error) {
    throw new BackendUnavailableError(name, messageOf(error), remedy, error);
  }
  // TensorFlow.js may have started it meanwhile.
  if (isRunning(name)) return;
  tf.removeBackend(name);
  tf.registerBackend(name, () => backend);
}

/** Whether TensorFlow.js has it initialized, active or not. */
export function isRunning(name: string): boolean {
  return name in tf.engine().registry;
}

/** First line of what was thrown; not everything that TensorFlow.js throws is an `Error`. */
export function messageOf(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return message.split('\n', 1)[0]?.trim() ?? '';
}
