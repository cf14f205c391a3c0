import os from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {inBuild} from './build-folder.ts';
import type {Addon} from './kernels/native-call.ts';
import {registerNativeKernels} from './kernels/register-kernels.ts';
import {loadCommonJs} from './load-common-js.ts';
import {missingSettings} from './native-settings.ts';

interface KernelBackendModule {
  readonly NodeJSKernelBackend: new (addon: Addon, packageName: string) => tf.KernelBackend;
}

export interface LoadedBuild {
  readonly version: string;
  readonly gpu: boolean;
}

let loaded: LoadedBuild | undefined;

/**
 * Loads a build, and registers its backend and kernels with this very copy of TensorFlow.js, which is not made to use them.
 * The second time it only says what is loaded: a process has one TensorFlow.
 *
 * @throws what the system's loader says where the addon does not fit
 */
export function loadBuild(folder: string): LoadedBuild {
  if (loaded !== undefined) return loaded;
  Object.assign(process.env, missingSettings(process.env));
  const module: {exports: unknown} = {exports: {}};
  process.dlopen(module, join(folder, inBuild.addon));
  const addon = module.exports as Addon;
  const modules = new Map<string, unknown>();
  const load = (name: string): unknown =>
    loadCommonJs(join(folder, inBuild.kernels, `${name}.js`), GIVEN, modules);
  const {NodeJSKernelBackend} = load('nodejs_kernel_backend') as KernelBackendModule;
  load('register_all_kernels');
  registerNativeKernels(addon.isUsingGpuDevice());
  tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(addon, '@tensorflow/tfjs-node'));
  loaded = {version: addon.TF_Version, gpu: addon.isUsingGpuDevice()};
  return loaded;
}

/** All that the kernels require from outside. */
const GIVEN: Readonly<Record<string, unknown>> = {
  // The union package's own part, which is Layers, data sets and converters, is not called.
  '@tensorflow/tfjs': {...tf, KernelBackend: callable(tf.KernelBackend)},
  '@tensorflow/tfjs-core': tf,
  os,
  // Node 23 removed both functions (tensorflow/tfjs issue 8609).
  util: {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
  },
  // Of summaries for TensorBoard, which nobody writes here.
  './proto/api_pb': {},
};

/** A class that ES5 can derive from, which calls it without `new`: bundlers take TensorFlow.js's modules of ES2017. */
function callable(base: new () => tf.KernelBackend): unknown {
  function derived(this: object): object {
    return Reflect.construct(base, [], this.constructor);
  }
  derived.prototype = base.prototype;
  return derived;
}
