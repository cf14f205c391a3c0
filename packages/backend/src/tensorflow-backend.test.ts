import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {afterEach, beforeAll, describe, expect, test, vi} from 'vitest';
import {BackendUnavailableError} from './backend.ts';
import {registerGradients} from './gradients.node.ts';
import {buildFolder, findBuild, inBuild} from './tensorflow/build-folder.ts';
import {tensorflowBackend} from './tensorflow-backend.ts';

async function failure(): Promise<BackendUnavailableError> {
  const error: unknown = await tensorflowBackend.start({}).catch((thrown: unknown) => thrown);
  if (error instanceof BackendUnavailableError) return error;
  throw new Error(`expected BackendUnavailableError, got ${String(error)}`);
}

describe('where no build is of use', () => {
  const cache = mkdtempSync(join(tmpdir(), 'minefield-backend-'));
  beforeAll(() => {
    vi.stubEnv('XDG_CACHE_HOME', cache);
    return () => {
      vi.unstubAllEnvs();
      rmSync(cache, {recursive: true});
    };
  });

  test('there is none: says so, and the command that makes one', async () => {
    const {reason, remedy} = await failure();
    expect(reason).toBe('TensorFlow was not built on this machine');
    expect(remedy).toBe('minefield backend build tensorflow');
  });

  test('it cannot be loaded: says what the loader said, in a line, and that it can be built again', async () => {
    const folder = buildFolder(false);
    mkdirSync(folder, {recursive: true});
    writeFileSync(join(folder, inBuild.addon), 'no library');
    const {reason, remedy, cause} = await failure();
    expect(reason).toMatch(
      /2\.21\.0-cpu-\d+ cannot be loaded: .*tfjs_binding\.node: (file too short|invalid ELF header)$/,
    );
    expect(remedy).toBe('minefield backend build tensorflow, which tries it and builds it again');
    expect(cause).toBeInstanceOf(Error);
  });
});

if (findBuild() === null) {
  console.warn(
    'numbers are not tested on native TensorFlow, for it was not built: `pnpm minefield backend build tensorflow`',
  );
}

describe.skipIf(findBuild() === null)('built (minefield backend build tensorflow)', () => {
  beforeAll(registerGradients);
  afterEach(() => void tf.setBackend('cpu'));

  /** On this backend, then on the CPU backend of TensorFlow.js. */
  async function onBoth(
    compute: () => tf.Tensor[],
  ): Promise<[native: Float32Array[], reference: Float32Array[]]> {
    const values = (): Float32Array[] =>
      tf.tidy(() => compute().map((tensor) => tensor.dataSync<'float32'>().slice()));
    await tensorflowBackend.start({});
    const native = values();
    await tf.setBackend('cpu');
    return [native, values()];
  }

  function expectClose([native, reference]: [Float32Array[], Float32Array[]]): void {
    native.forEach((values, i) =>
      // Sums of some hundred products of numbers of size 1, in another order.
      values.forEach((value, j) => expect(value).toBeCloseTo(reference[i]?.[j] ?? Number.NaN, 4)),
    );
  }

  test('starts once, registers with the copy of TensorFlow.js that is ours, and tells version and device', async () => {
    const first = await tensorflowBackend.start({});
    expect(first.kernels).toBeNull();
    expect(first.device).toMatch(/^TensorFlow 2\.21\.0 on (the CPU|a GPU)$/);
    expect(tf.getBackend()).toBe('tensorflow');
    expect(tf.engine().registry['tensorflow']).toBe(tf.backend());
    const kept = tf.tensor1d([1, 2]);
    expect(await tensorflowBackend.start({})).toEqual(first);
    expect(kept.dataSync()).toEqual(Float32Array.of(1, 2));
    kept.dispose();
  });

  test('products, convolutions and their gradients agree with the reference, and leave no tensors', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    const draw = (shape: number[], seed: number): (() => tf.Tensor) => {
      const values = tf.tidy(() => tf.randomNormal(shape, 0, 1, 'float32', seed).dataSync());
      return () => tf.tensor(values, shape);
    };
    const [a, b] = [draw([3, 40, 30], 1), draw([3, 20, 30], 2)];
    expectClose(await onBoth(() => [tf.matMul(a(), b(), false, true)]));
    const [images, filters] = [draw([2, 9, 9, 3], 3), draw([3, 3, 3, 5], 4)];
    const loss = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
      tf.mean(tf.logSumExp(tf.relu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same')), -1));
    expectClose(
      await onBoth(() => {
        const inputs = [images(), filters()];
        return [loss(...(inputs as [tf.Tensor, tf.Tensor])), ...tf.grads(loss)(inputs)];
      }),
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
