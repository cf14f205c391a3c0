import {createRequire} from 'node:module';
import {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {afterEach, beforeAll, expect, test, vi} from 'vitest';
import {BackendUnavailableError} from './backend.ts';
import type {Importer} from './load-optional.ts';
import {tensorflowBackend} from './tensorflow-backend.ts';

const GPU = '@tensorflow/tfjs-node-gpu';
const CPU = '@tensorflow/tfjs-node';

/** What Node throws for a package that is not there, from its own mouth. */
const absent: Importer = async (specifier) => createRequire(import.meta.url)(`${specifier}`);

/** What the package throws where its addon was not built. */
const withoutAddon = new Error(
  'The Node.js native addon module (tfjs_binding.node) can not be found at path: /lib/tfjs_binding.node. \n' +
    "Please run command 'npm rebuild @tensorflow/tfjs-node --build-addon-from-source'",
);

const withoutLibrary = Object.assign(
  new Error('libtensorflow.so.2: cannot open shared object file: No such file or directory'),
  {code: 'ERR_DLOPEN_FAILED'},
);

class NativeBackend extends MathBackendCPU {
  readonly isUsingGpuDevice: boolean;

  constructor(isUsingGpuDevice: boolean) {
    super();
    this.isUsingGpuDevice = isUsingGpuDevice;
  }
}

/** A module of the real one's shape: it registers its backend on import, makes it active, and needs the old `util`. */
function fakeModule(isUsingGpuDevice: boolean): unknown {
  const util: Record<string, unknown> = createRequire(import.meta.url)('node:util');
  if (typeof util['isNullOrUndefined'] !== 'function')
    throw new TypeError('util_1.isNullOrUndefined is not a function');
  tf.registerBackend('tensorflow', () => new NativeBackend(isUsingGpuDevice), 3);
  void tf.setBackend('tensorflow');
  return {version: {'tfjs-core': tf.version_core, 'tfjs-node': '4.22.0'}, io: tf.io, node: {}};
}

function importer(modules: Readonly<Record<string, () => unknown>>): Importer {
  return async (specifier) => (modules[specifier] ?? (() => absent(specifier)))();
}

function fail(error: Error): () => never {
  return () => {
    throw error;
  };
}

async function failure(load: Importer): Promise<BackendUnavailableError> {
  const error: unknown = await tensorflowBackend(load)
    .start({})
    .catch((thrown: unknown) => thrown);
  if (error instanceof BackendUnavailableError) return error;
  throw new Error(`expected BackendUnavailableError, got ${String(error)}`);
}

beforeAll(() => {
  tf.copyRegisteredKernels('cpu', 'tensorflow');
});

afterEach(() => {
  if (tf.findBackendFactory('tensorflow')) tf.removeBackend('tensorflow');
});

test('absent: says that neither package is installed, and how to install one', async () => {
  const {reason, remedy} = await failure(absent);
  expect(reason).toBe(`neither ${GPU} nor ${CPU} is installed`);
  expect(remedy).toBe(`npm install ${CPU}`);
});

test.each([
  [
    'an addon that was never built',
    withoutAddon,
    /native addon module \(tfjs_binding\.node\) can not be found/,
  ],
  ['a missing libtensorflow', withoutLibrary, /libtensorflow\.so\.2: cannot open shared object file/],
  ['a fault at import', new TypeError('x is not a function'), /x is not a function/],
])('broken, by %s: says so in one line, and how to rebuild the package', async (_, error, message) => {
  const {reason, remedy, cause} = await failure(importer({[CPU]: fail(error)}));
  expect(reason).toMatch(message);
  expect(reason).toMatch(/^@tensorflow\/tfjs-node cannot be loaded: [^\n]+$/);
  expect(remedy).toBe(`npm rebuild ${CPU} --build-addon-from-source`);
  expect(cause).toBe(error);
});

test('absent, in the words of Node for import and of Vite: not taken for broken', async () => {
  const esm: Importer = (specifier) =>
    Promise.reject(new Error(`Cannot find package '${specifier}' imported from /x.js`));
  const vite: Importer = (specifier) =>
    Promise.reject(new Error(`Could not resolve "${specifier}" imported by "@minefield/backend".`));
  expect((await failure(esm)).remedy).toBe(`npm install ${CPU}`);
  expect((await failure(vite)).remedy).toBe(`npm install ${CPU}`);
});

test('broken, by a dependency of its own that is missing: not taken for absent', async () => {
  const {reason} = await failure(importer({[CPU]: () => absent('@mapbox/node-pre-gyp-absent')}));
  expect(reason).toMatch(/tfjs-node cannot be loaded: Cannot find module '@mapbox\/node-pre-gyp-absent'/);
});

test('a broken GPU package is passed over for a sound CPU one', async () => {
  const load = importer({[GPU]: fail(withoutLibrary), [CPU]: () => fakeModule(false)});
  expect(await tensorflowBackend(load).start({})).toEqual({kernels: null, device: 'CPU'});
});

test('a broken GPU package alone is what the message is about', async () => {
  const {reason, remedy} = await failure(importer({[GPU]: fail(withoutLibrary)}));
  expect(reason).toMatch(/^@tensorflow\/tfjs-node-gpu cannot be loaded/);
  expect(remedy).toBe(`npm rebuild ${GPU} --build-addon-from-source`);
});

test('present: starts, computes, tells its device, and the CPU package is not touched', async () => {
  const cpuPackage = vi.fn<() => void>();
  const load = importer({[GPU]: () => fakeModule(true), [CPU]: cpuPackage});
  expect(await tensorflowBackend(load).start({})).toEqual({kernels: null, device: 'GPU'});
  expect(tf.getBackend()).toBe('tensorflow');
  const sum = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3])).dataSync());
  expect(sum[0]).toBe(6);
  expect(cpuPackage).not.toHaveBeenCalled();
});

test('present, but bound to another copy of TensorFlow.js: says so', async () => {
  const {reason, remedy} = await failure(importer({[CPU]: () => ({version: {}})}));
  expect(reason).toMatch(/another copy of @tensorflow\/tfjs-core/);
  expect(remedy).toMatch(/npm dedupe/);
});
