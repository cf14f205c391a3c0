/** In a file of its own, and so a process whose WASM backend never starts. */
import * as tf from '@tensorflow/tfjs-core';
import {afterEach, expect, it, vi} from 'vitest';
import {KernelsUnavailableError} from './kernels-unavailable-error.ts';
import {activeKernels, registerKernels} from './register-kernels.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function messageOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(KernelsUnavailableError);
  return (error as Error).message;
}

it('asks for the backend’s package where it is not imported', async () => {
  expect(await messageOf(registerKernels())).toBe(
    'tfjs-kernels.registerKernels: expected a running WASM backend, got none; ' +
      'import @tensorflow/tfjs-backend-wasm first',
  );
});

it('says what to do where the .wasm files are not served, and where nobody waited for them', async () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const {setWasmPaths} = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths('/nowhere/');
  const starting = tf.setBackend('wasm');
  const says =
    'tfjs-kernels.registerKernels: expected a running WASM backend, got a backend that has not started; ' +
    "await tf.setBackend('wasm'), which is false where the .wasm files of @tensorflow/tfjs-backend-wasm are not served " +
    'where setWasmPaths says';
  expect(await messageOf(registerKernels())).toBe(says);
  expect(await starting).toBe(false);
  expect(await messageOf(registerKernels())).toBe(says);
  expect(activeKernels()).toBeNull();
});
