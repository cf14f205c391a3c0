import {
  KernelsUnavailableError,
  type KernelSet,
  activeKernels,
  registerKernels,
  unregisterKernels,
} from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {activate, isRunning, messageOf} from './activate.ts';
import {type BackendCandidate, type BackendOptions, BackendUnavailableError} from './backend.ts';

/** WebAssembly, with the training kernels of `@minefield/tfjs-kernels`. */
export const wasmBackend: BackendCandidate = {
  name: 'wasm',
  async start({deterministic = false, wasmPath}) {
    const {setWasmPaths} = await loadWasm();
    if (!isRunning('wasm')) {
      // Parallel work is one instance to a worker; the kernels share the memory of an instance without threads.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      setPath(setWasmPaths, wasmPath);
    }
    await activate(
      'wasm',
      'serve the .wasm files of @tensorflow/tfjs-backend-wasm and name their folder in wasmPath',
    );
    return {kernels: await ownKernels(deterministic), device: null};
  },
  hold() {
    const before = activeKernels();
    return async () => {
      if (before === null) unregisterKernels();
      else if (before !== activeKernels()) await registerKernels({deterministic: before === 'simd'});
    };
  },
};

async function ownKernels(deterministic: boolean): Promise<KernelSet | null> {
  const active = activeKernels();
  // To compile and register them again would change nothing, and whoever starts a job asks for them each time.
  if (active === (deterministic ? 'simd' : 'relaxed')) return active;
  try {
    return await registerKernels({deterministic});
  } catch (error) {
    if (!(error instanceof KernelsUnavailableError)) throw error;
    throw new BackendUnavailableError('wasm', error.got, error.remedy, error);
  }
}

type SetWasmPaths = (paths: string | Record<string, string>) => void;

/** The path that was set, as JSON. */
let pathSet: string | undefined;

/** TensorFlow.js takes no path after a start that failed, not even the same one. */
function setPath(setWasmPaths: SetWasmPaths, path: BackendOptions['wasmPath']): void {
  if (path === undefined || JSON.stringify(path) === pathSet) return;
  try {
    setWasmPaths(path);
  } catch (error) {
    throw new BackendUnavailableError(
      'wasm',
      messageOf(error),
      'reload the page, with a folder or all three files in wasmPath from the first start on',
      error,
    );
  }
  pathSet = JSON.stringify(path);
}

async function loadWasm(): Promise<{readonly setWasmPaths: SetWasmPaths}> {
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
