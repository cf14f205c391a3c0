import * as tf from '@tensorflow/tfjs-core';
import {checkKeys} from './check-keys.ts';
import {einsumGradient} from './einsum-gradient.ts';
import type {Kernel} from './kernel.ts';
import {kernelFor, kernelNames, takenBy} from './kernel-for.ts';
import {KernelModules, type KernelSet, supportedSet} from './kernel-module.ts';
import {KernelsUnavailableError} from './kernels-unavailable-error.ts';
import {tileGradient} from './tile-gradient.ts';
import {type WasmBackend, refuseWithoutRoom} from './wasm-backend.ts';

const BACKEND = 'wasm';

export interface RegisterKernelsOptions {
  /** Use plain SIMD even where relaxed SIMD is to be had, so that numbers agree across machines. Default false. */
  readonly deterministic?: boolean | undefined;
}

const gradients = [einsumGradient, tileGradient];

interface Registered {
  readonly set: KernelSet;
  readonly ours: ReadonlyMap<string, tf.KernelConfig>;
  /** What the kernels and gradients took the place of; undefined where there was none. */
  readonly stock: ReadonlyMap<string, tf.KernelConfig | undefined>;
  readonly stockGradients: ReadonlyMap<string, tf.GradConfig | undefined>;
}

let registered: Registered | undefined;

/**
 * Puts SIMD kernels in the place of those of the TensorFlow.js WASM backend, and adds the ones that it lacks, so that
 * ordinary TensorFlow.js code trains on it; and, on all backends, the gradient of `tf.einsum`, which there is none of, and one of
 * `tf.tile` that is not taken apart piece by piece. They work in the backend's own memory; calls that they do not cover (most of
 * other dtypes than float32) still go to the stock kernels, and those with complex64 tensors are refused. Call it after `tf.ready()`; calling again changes the set.
 *
 * @returns the set in use: `relaxed` (fused multiply-add), `simd`, or null where the machine has no SIMD and the stock
 *   kernels stay
 * @throws {KernelsUnavailableError} when the WASM backend is not imported, or the active one has not started
 * @throws {RangeError} when an option is one that nobody reads
 * @example
 * await tf.setBackend('wasm');
 * await registerKernels();
 */
export async function registerKernels(options: RegisterKernelsOptions = {}): Promise<KernelSet | null> {
  checkKeys('tfjs-kernels.registerKernels', options, ['deterministic']);
  if (stockConfig('Identity') === undefined) {
    throw new KernelsUnavailableError('none', 'import @tensorflow/tfjs-backend-wasm first');
  }
  const set = supportedSet(options.deterministic ?? false);
  const modules = set === null ? undefined : new KernelModules(set);
  // A backend that is not running yet gets its instance with its first call.
  if (modules !== undefined && tf.getBackend() === BACKEND) await modules.prepare(runningBackend());
  unregisterKernels();
  if (modules === undefined) return null;
  const stock = new Map(replaced().map((name) => [name, stockConfig(name)]));
  const ours = new Map([...stock].map(([name, config]) => [name, configOf(name, modules, config)]));
  for (const [name, config] of ours) replace(name, config);
  const stockGradients = new Map(gradients.map(({kernelName}) => [kernelName, stockGradient(kernelName)]));
  for (const gradient of gradients) replaceGradient(gradient.kernelName, gradient);
  registered = {set: modules.set, ours, stock, stockGradients};
  return modules.set;
}

/** The active backend: TensorFlow.js has its name even where it could not be started. */
function runningBackend(): WasmBackend {
  if (BACKEND in tf.engine().registry) return tf.backend() as WasmBackend;
  throw new KernelsUnavailableError(
    'a backend that has not started',
    "await tf.setBackend('wasm'), which is false where the .wasm files of @tensorflow/tfjs-backend-wasm are not served where " +
      'setWasmPaths says',
  );
}

/** Ours and all of the backend, of which those that are not ours only learn to refuse complex tensors. */
function replaced(): string[] {
  const stock = tf.getKernelsForBackend(BACKEND).map(({kernelName}) => kernelName);
  return [...new Set([...kernelNames, ...stock])];
}

/** Puts the stock kernels back. Does nothing where they are in place. */
export function unregisterKernels(): void {
  if (registered === undefined) return;
  // What was registered since then stays.
  for (const [name, config] of registered.stock)
    if (stockConfig(name) === registered.ours.get(name)) replace(name, config);
  for (const gradient of gradients) {
    const {kernelName} = gradient;
    if (stockGradient(kernelName) === gradient)
      replaceGradient(kernelName, registered.stockGradients.get(kernelName));
  }
  registered = undefined;
}

/** The set in use, or null where the stock kernels are. */
export function activeKernels(): KernelSet | null {
  return registered?.set ?? null;
}

function configOf(name: string, modules: KernelModules, stock: tf.KernelConfig | undefined): tf.KernelConfig {
  const kernelOf = kernelFor(name);
  const config: tf.KernelConfig = {
    kernelName: name,
    backendName: BACKEND,
    kernelFunc: ({inputs, backend, attrs = {}}) => {
      refuseWithoutRoom(backend as WasmBackend);
      const kernel = kernelOf(inputs);
      const output =
        kernel === undefined ? undefined : run(kernel, modules, backend as WasmBackend, inputs, attrs);
      if (output !== undefined) return output;
      if (stock !== undefined) return stock.kernelFunc({inputs, backend, attrs});
      throw new TypeError(`tfjs-kernels: ${name} on the WASM backend takes ${takenBy(name)}`);
    },
  };
  // A backend started later sets up the kernels that are registered then, the stock ones through these.
  if (stock?.setupFunc !== undefined) config.setupFunc = stock.setupFunc;
  if (stock?.disposeFunc !== undefined) config.disposeFunc = stock.disposeFunc;
  return config;
}

/** Runs a kernel, and frees what outputs it had made where it throws. */
function run(
  kernel: Kernel,
  modules: KernelModules,
  backend: WasmBackend,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap,
): ReturnType<Kernel['run']> {
  const made: tf.TensorInfo[] = [];
  const makeOutput = (shape: readonly number[], dtype: tf.DataType = 'float32'): tf.TensorInfo => {
    const output = backend.makeOutput([...shape], dtype);
    made.push(output);
    return output;
  };
  try {
    return kernel.run({backend, module: modules.of(backend), inputs, attrs, makeOutput});
  } catch (error) {
    for (const {dataId} of made) backend.disposeData(dataId);
    throw error;
  }
}

function stockConfig(name: string): tf.KernelConfig | undefined {
  return tf.getKernel(name, BACKEND) as tf.KernelConfig | undefined;
}

function replace(name: string, config: tf.KernelConfig | undefined): void {
  if (stockConfig(name) !== undefined) tf.unregisterKernel(name, BACKEND);
  if (config !== undefined) tf.registerKernel(config);
}

function stockGradient(name: string): tf.GradConfig | undefined {
  return tf.getGradient(name) as tf.GradConfig | undefined;
}

function replaceGradient(name: string, config: tf.GradConfig | undefined): void {
  if (stockGradient(name) !== undefined) tf.unregisterGradient(name);
  if (config !== undefined) tf.registerGradient(config);
}
