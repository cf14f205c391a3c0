import {activeKernels, registerKernels, unregisterKernels} from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {activate, messageOf} from './activate.ts';
import {type BackendCandidate, BackendUnavailableError} from './backend.ts';

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
    return {kernels: await registerKernels({deterministic}), device: null};
  },
  hold() {
    const before = activeKernels();
    return async () => {
      if (before === null) unregisterKernels();
      else if (before !== activeKernels()) await registerKernels({deterministic: before === 'simd'});
    };
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
