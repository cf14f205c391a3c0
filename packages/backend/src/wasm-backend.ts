import * as kernels from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {activate, messageOf} from './activate.ts';
import {type BackendCandidate, BackendUnavailableError, type RunningBackend} from './backend.ts';

type RegisterKernels = (options: {readonly deterministic: boolean}) => Promise<RunningBackend['kernels']>;

/** WebAssembly, with the training kernels of `@minefield/tfjs-kernels`. */
export const wasmBackend: BackendCandidate = {
  name: 'wasm',
  async start({deterministic = false, wasmPath}) {
    const {setWasmPaths} = await loadWasm();
    if (!('wasm' in tf.engine().registry)) {
      // Parallel work is one instance to a worker; the kernels share the memory of an instance without threads.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (wasmPath !== undefined) setWasmPaths(wasmPath);
    }
    await activate(
      'wasm',
      'serve the .wasm files of @tensorflow/tfjs-backend-wasm and name their folder in wasmPath',
    );
    const {registerKernels} = kernels as {readonly registerKernels?: RegisterKernels};
    return {kernels: (await registerKernels?.({deterministic})) ?? null, device: null};
  },
};

async function loadWasm(): Promise<{
  readonly setWasmPaths: (paths: string | Record<string, string>) => void;
}> {
  try {
    return await import('@tensorflow/tfjs-backend-wasm');
  } catch (error) {
    throw new BackendUnavailableError(
      'wasm',
      messageOf(error),
      'install @tensorflow/tfjs-backend-wasm',
      error,
    );
  }
}
