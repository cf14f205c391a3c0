import * as tf from '@tensorflow/tfjs-core';
import {expect, test, vi} from 'vitest';
import type {BackendOptions} from './backend.ts';
import {wasmBackend} from './wasm-backend.ts';

const attempt = (options: BackendOptions): Promise<unknown> =>
  Promise.resolve(wasmBackend.start(options)).catch((error: unknown) => error);

test('wasm whose files are not where they should be can be tried again, and says when the page must be reloaded', async () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const unavailable = {
    name: 'BackendUnavailableError',
    remedy: expect.stringContaining('serve the .wasm files'),
  };
  expect(await attempt({wasmPath: '/nowhere/'})).toMatchObject(unavailable);
  expect(await attempt({wasmPath: '/nowhere/'})).toMatchObject(unavailable);
  expect(await attempt({wasmPath: '/elsewhere/'})).toMatchObject({
    name: 'BackendUnavailableError',
    remedy: expect.stringContaining('reload the page'),
  });
  expect('wasm' in tf.engine().registry).toBe(false);
  vi.restoreAllMocks();
});

test('a wasm backend that the kernels cannot work with is unavailable, with their remedy', async () => {
  const stranger = {wasm: {cwrap: () => () => 0}, dispose: () => undefined} as unknown as tf.KernelBackend;
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => stranger);
  expect(await attempt({})).toMatchObject({
    name: 'BackendUnavailableError',
    message:
      'backend.startBackend: expected "wasm" to start, got: a backend that shows no memory; use @tensorflow/tfjs-backend-wasm 4.x',
  });
  tf.removeBackend('wasm');
});
