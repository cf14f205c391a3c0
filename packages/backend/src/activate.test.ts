import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {activate, messageOf} from './activate.ts';

beforeEach(async () => {
  await tf.setBackend('cpu');
});

afterEach(() => {
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
});

test('throws what the factory threw, without a word on the console, and leaves the active backend in place', async () => {
  const warn = vi.spyOn(console, 'warn');
  tf.registerBackend('webgpu', () => Promise.reject(new Error('device lost\n  at somewhere')));
  await expect(activate('webgpu', 'try again')).rejects.toThrow('got: device lost; try again');
  expect(tf.getBackend()).toBe('cpu');
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test('a backend whose start failed once can start later', async () => {
  let attempts = 0;
  tf.registerBackend('webgpu', async () => {
    attempts += 1;
    if (attempts === 1) throw new Error('busy');
    return tf.engine().findBackend('cpu');
  });
  await expect(activate('webgpu', 'try again')).rejects.toThrow('busy');
  await activate('webgpu', 'try again');
  expect(tf.getBackend()).toBe('webgpu');
});

test('a backend that already runs is not made anew, so that its tensors live on', async () => {
  const tensor = tf.tensor1d([1, 2]);
  await activate('cpu', '');
  expect(await tensor.data()).toEqual(Float32Array.of(1, 2));
  tensor.dispose();
});

test('two starts at once are one', async () => {
  let made = 0;
  tf.registerBackend('webgpu', async () => {
    made += 1;
    return tf.engine().findBackend('cpu');
  });
  const remove = vi.spyOn(tf.engine(), 'removeBackend');
  await Promise.all([activate('webgpu', ''), activate('webgpu', '')]);
  expect(made).toBe(1);
  expect(remove).toHaveBeenCalledOnce();
  remove.mockRestore();
});

test('a backend that TensorFlow.js itself has started meanwhile stays', async () => {
  const [own, other] = [{}, {}].map((parts) =>
    Object.assign(Object.create(tf.backend()) as tf.KernelBackend, parts),
  );
  let finish: (backend: tf.KernelBackend) => void = () => undefined;
  const factory = vi.fn<() => Promise<tf.KernelBackend>>();
  factory.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
  factory.mockImplementationOnce(async () => own as tf.KernelBackend);
  tf.registerBackend('webgpu', factory);
  const activation = activate('webgpu', '');
  await tf.setBackend('webgpu');
  finish(other as tf.KernelBackend);
  await activation;
  expect(tf.engine().backend).toBe(own);
});

test('a backend that registered with another copy of TensorFlow.js is told from one that is broken', async () => {
  await expect(activate('tensorflow', '')).rejects.toThrow(
    /another copy of @tensorflow\/tfjs-core; install one version/,
  );
});

test('messageOf reads errors, objects with a message and anything else', () => {
  expect(messageOf(new Error('first\nsecond'))).toBe('first');
  expect(messageOf({message: 'no error at all'})).toBe('no error at all');
  expect(messageOf('text')).toBe('text');
  expect(messageOf(undefined)).toBe('undefined');
});
