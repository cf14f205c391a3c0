import {
  type BackendCandidate,
  type BackendDescription,
  type BackendOptions,
  BackendUnavailableError,
  type StartedBackend,
} from './backend.ts';
import {chooseBackend, describeCandidates} from './choose-backend.ts';
import {cpuBackend} from './cpu-backend.ts';
import {registerGradients} from './gradients.ts';
import {wasmBackend} from './wasm-backend.ts';
import {type Gpu, startWebGpu} from './webgpu-backend.ts';

const tensorflow: BackendCandidate = {
  name: 'tensorflow',
  start: () =>
    Promise.reject(new BackendUnavailableError('tensorflow', 'browsers cannot run it', 'use webgpu or wasm')),
};

const webgpu: BackendCandidate = {
  name: 'webgpu',
  async start(options) {
    const {navigator} = globalThis as {readonly navigator?: {readonly gpu?: Gpu}};
    if (navigator?.gpu === undefined) {
      throw new BackendUnavailableError(
        'webgpu',
        'this browser does not offer WebGPU',
        'use a newer browser, or wasm',
      );
    }
    return startWebGpu(navigator.gpu, options);
  },
};

const candidates: readonly BackendCandidate[] = [tensorflow, webgpu, wasmBackend, cpuBackend];

/**
 * Starts a TensorFlow.js backend in a browser, and registers the gradients of all operations.
 *
 * @throws {BackendUnavailableError} when the named backend cannot start; the backend that was active stays
 * @example const {name, reason} = await startBackend({wasmPath: '/wasm/'})
 */
export async function startBackend(options: BackendOptions = {}): Promise<StartedBackend> {
  await registerGradients();
  return chooseBackend(candidates, options);
}

/** What this browser can run. Starts each backend in turn, then returns to the one that was active. */
export function describeBackends(options: BackendOptions = {}): Promise<BackendDescription[]> {
  return describeCandidates(candidates, options);
}
