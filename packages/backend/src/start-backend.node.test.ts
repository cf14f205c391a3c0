import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {activeKernels} from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {expect, test, vi} from 'vitest';
import type {BackendDescription, StartedBackend} from './backend.ts';
import {describeBackends, startBackend} from './start-backend.node.ts';

/** Debian's Chromium brings a Vulkan driver in software, and the library that loads it. */
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

test.each(['wasm', 'cpu'] as const)(
  '%s starts in Node without settings, computes, and differentiates',
  async (name) => {
    const started = await startBackend({name, deterministic: true});
    expect(started).toMatchObject({name, device: null, reason: 'asked for by name'});
    expect(tf.getBackend()).toBe(name);
    const before = tf.memory().numTensors;
    const gradient = tf.tidy(() => {
      const loss = (x: tf.Tensor): tf.Tensor => tf.sum(tf.relu(tf.matMul(tf.tensor2d([[1, -2]]), x)));
      return tf
        .grad(loss)(tf.tensor2d([[3], [1]]))
        .dataSync();
    });
    expect([...gradient]).toEqual([1, -2]);
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('wasm brings the training kernels, of plain SIMD where bits must agree across machines', async () => {
  expect((await startBackend({name: 'wasm', deterministic: true})).kernels).toBe('simd');
  const {kernels} = await startBackend({name: 'wasm'});
  expect(kernels).toBe(activeKernels());
  expect(kernels).not.toBeNull();
  const report = await describeBackends({deterministic: true});
  expect(report.find(({name}) => name === 'wasm')?.kernels).toBe('simd');
  expect(activeKernels()).toBe(kernels);
});

test('starting twice keeps the tensors of the first start', async () => {
  await startBackend({name: 'wasm'});
  const tensor = tf.tensor1d([1, 2]);
  await startBackend({name: 'wasm', deterministic: true});
  expect(await tensor.data()).toEqual(Float32Array.of(1, 2));
  tensor.dispose();
});

test('a backend that cannot start leaves the active one in place', async () => {
  await startBackend({name: 'cpu'});
  vi.stubEnv('XDG_CACHE_HOME', '/nowhere');
  await expect(startBackend({name: 'tensorflow'})).rejects.toThrow(/; minefield backend build tensorflow$/);
  vi.unstubAllEnvs();
  expect(tf.getBackend()).toBe('cpu');
});

test('describeBackends has a line for each in the order of choice, with wasm available, and changes nothing', async () => {
  await startBackend({name: 'cpu'});
  const descriptions = await describeBackends();
  expect(descriptions.map(({name}) => name)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu']);
  expect(descriptions.find(({name}) => name === 'wasm')).toMatchObject({available: true, remedy: null});
  for (const {available, reason, remedy} of descriptions) {
    expect(reason).not.toBe('');
    expect(remedy === null).toBe(available);
  }
  expect(tf.getBackend()).toBe('cpu');
});

test.skipIf(!existsSync(DRIVER))(
  `webgpu runs on a software adapter when asked, and only then (needs ${DRIVER}, of Debian's chromium)`,
  async () => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const {stdout} = await promisify(execFile)(
      process.execPath,
      ['--conditions=@minefield/source', 'test/webgpu-on-swiftshader.ts'],
      {cwd: root, env: {...process.env, VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: dirname(DRIVER)}},
    );
    const report: {
      refused: string;
      started: StartedBackend;
      descriptions: BackendDescription[];
      onGpu: number[];
      onCpu: number[];
    } = JSON.parse(stdout);
    expect(report.refused).toMatch(/only a software adapter was found \(SwiftShader/);
    expect(report.started).toMatchObject({name: 'webgpu', kernels: null});
    expect(report.started.device).toMatch(/SwiftShader/);
    expect(report.descriptions.find(({name}) => name === 'webgpu')?.available).toBe(true);
    // float32 on both sides, a handful of roundings of numbers below 100
    report.onCpu.forEach((value, i) => expect(report.onGpu[i]).toBeCloseTo(value, 4));
  },
);
