import {messageOf} from './activate.ts';
import {type BackendCandidate, BackendUnavailableError} from './backend.ts';
import {type Importer, loadOptional} from './load-optional.ts';
import {type Gpu, startWebGpu} from './webgpu-backend.ts';

/** The package `webgpu`: Dawn, Chromium's WebGPU, for Node. */
interface Dawn {
  create(flags: readonly string[]): Gpu;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** WebGPU in Node. TensorFlow.js looks for it in `navigator.gpu` and for its constants among the globals. */
export function dawnBackend(load: Importer): BackendCandidate {
  return {
    name: 'webgpu',
    async start(options) {
      const installed = installedGpu();
      if (installed !== undefined) return startWebGpu(installed, options);
      const dawn = await loadDawn(load);
      const gpu = createGpu(dawn);
      const remove = install(dawn, gpu);
      try {
        return await startWebGpu(gpu, options);
      } catch (error) {
        remove();
        throw error;
      }
    },
  };
}

function installedGpu(): Gpu | undefined {
  return (globalThis as {readonly navigator?: {readonly gpu?: Gpu}}).navigator?.gpu;
}

async function loadDawn(load: Importer): Promise<Dawn> {
  const found = await loadOptional('webgpu', load);
  if (found.state !== 'present') {
    const remedy =
      found.state === 'absent' ? 'npm install webgpu @tensorflow/tfjs-backend-webgpu' : 'use wasm';
    throw new BackendUnavailableError('webgpu', found.reason, remedy, found.cause);
  }
  return found.module as Dawn;
}

function createGpu(dawn: Dawn): Gpu {
  try {
    return dawn.create([]);
  } catch (error) {
    throw new BackendUnavailableError('webgpu', messageOf(error), 'use wasm', error);
  }
}

/** Puts Dawn where TensorFlow.js looks for it, and returns what takes it away again. */
function install({globals}: Dawn, gpu: Gpu): () => void {
  const added = Object.keys(globals).filter((name) => !(name in globalThis));
  Object.assign(globalThis, globals);
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', {value: {}});
  Object.defineProperty(globalThis.navigator, 'gpu', {value: gpu, configurable: true});
  return () => {
    for (const name of added) Reflect.deleteProperty(globalThis, name);
    Reflect.deleteProperty(globalThis.navigator, 'gpu');
  };
}
