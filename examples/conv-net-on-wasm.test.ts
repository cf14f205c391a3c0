import {activeKernels, registerKernels, unregisterKernels} from '@minefield/tfjs-kernels';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {trainConvNet} from './train-conv-net.ts';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

afterAll(unregisterKernels);

it('cannot train on the stock WASM backend', async () => {
  expect(activeKernels()).toBeNull();
  await expect(trainConvNet(1)).rejects.toThrow(/Conv2DBackpropFilter/);
});

it('trains with the kernels registered', async () => {
  await registerKernels();
  const {losses, accuracy} = await trainConvNet(5);
  expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0));
  expect(accuracy).toBeGreaterThan(0.95);
});
