import * as tf from '@tensorflow/tfjs-core';
import {afterEach, beforeAll, expect, it, vi} from 'vitest';
import '../test/backends.ts';
import {kernels} from './kernels/index.ts';
import {
  type RegisterKernelsOptions,
  activeKernels,
  registerKernels,
  unregisterKernels,
} from './register-kernels.ts';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

afterEach(() => {
  unregisterKernels();
  vi.restoreAllMocks();
});

const registered = (): (tf.KernelConfig | undefined)[] => kernels.map(({name}) => tf.getKernel(name, 'wasm'));

it('takes the place of the stock kernels and gives it back', async () => {
  const stock = registered();
  expect(activeKernels()).toBeNull();
  expect(await registerKernels({deterministic: true})).toBe('simd');
  expect(activeKernels()).toBe('simd');
  expect(registered().some((config, i) => config === stock[i])).toBe(false);
  unregisterKernels();
  expect(registered()).toEqual(stock);
  expect(activeKernels()).toBeNull();
});

it('changes the set when called again, and still knows the stock kernels', async () => {
  const stock = registered();
  await registerKernels();
  const fastest = activeKernels();
  expect(await registerKernels({deterministic: true})).toBe('simd');
  expect(await registerKernels()).toBe(fastest);
  unregisterKernels();
  expect(registered()).toEqual(stock);
});

it('takes plain SIMD where relaxed SIMD is missing, and leaves the stock kernels where there is no SIMD', async () => {
  const stock = registered();
  const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValueOnce(false);
  expect(await registerKernels()).toBe('simd');
  validate.mockReturnValue(false);
  expect(await registerKernels()).toBeNull();
  expect(activeKernels()).toBeNull();
  expect(registered()).toEqual(stock);
});

it('refuses an option that nobody reads, and no options at all', async () => {
  const misspelt: object = {deterministc: true};
  await expect(registerKernels(misspelt)).rejects.toThrow(
    'tfjs-kernels.registerKernels: expected options among deterministic, got "deterministc"; leave it out, or correct its spelling',
  );
  await expect(registerKernels(null as unknown as RegisterKernelsOptions)).rejects.toThrow(
    'tfjs-kernels.registerKernels: expected options, an object with deterministic, got null',
  );
  expect(activeKernels()).toBeNull();
});

it('takes the place of every stock kernel, and leaves in place what was registered since then', async () => {
  const stock = tf.getKernelsForBackend('wasm');
  await registerKernels();
  const own = {...(tf.getKernel('Neg', 'wasm') as tf.KernelConfig)};
  tf.unregisterKernel('Neg', 'wasm');
  tf.registerKernel(own);
  unregisterKernels();
  expect(tf.getKernel('Neg', 'wasm')).toBe(own);
  tf.unregisterKernel('Neg', 'wasm');
  const neg = stock.find(({kernelName}) => kernelName === 'Neg') as tf.KernelConfig;
  tf.registerKernel(neg);
  expect(new Set(tf.getKernelsForBackend('wasm'))).toEqual(new Set(stock));
});

it('warns of nothing', async () => {
  const warn = vi.spyOn(console, 'warn');
  await registerKernels();
  await registerKernels({deterministic: true});
  unregisterKernels();
  expect(warn).not.toHaveBeenCalled();
});
