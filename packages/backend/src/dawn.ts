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
      return startWebGpu(installedGpu() ?? (await installDawn(load)), options);
    },
  };
}

function installedGpu(): Gpu | undefined {
  return (globalThis as {readonly navigator?: {readonly gpu?: Gpu}}).navigator?.gpu;
}

async function installDawn(load: Importer): Promise<Gpu> {
  const found = await loadOptional('webgpu', load);
  if (found.state !== 'present') {
    const remedy =
      found.state === 'absent' ? 'npm install webgpu @tensorflow/tfjs-backend-webgpu' : 'use wasm';
    throw new BackendUnavailableError('webgpu', found.reason, remedy, found.cause);
  }
  const dawn = found.module as Dawn;
  const gpu = dawn.create([]);
  Object.assign(globalThis, dawn.globals);
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', {value: {}});
  Object.defineProperty(globalThis.navigator, 'gpu', {value: gpu, configurable: true});
  return gpu;
}
