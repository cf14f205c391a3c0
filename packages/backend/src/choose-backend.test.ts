import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {
  type BackendCandidate,
  type BackendName,
  type BackendOptions,
  BackendUnavailableError,
  type RunningBackend,
} from './backend.ts';
import {chooseBackend, describeCandidates} from './choose-backend.ts';

const running: RunningBackend = {kernels: null, device: 'fake'};

function starts(name: BackendName, seen: BackendOptions[] = []): BackendCandidate {
  return {
    name,
    start: async (options) => {
      seen.push(options);
      return running;
    },
  };
}

function fails(name: BackendName): BackendCandidate {
  return {
    name,
    start: () => Promise.reject(new BackendUnavailableError(name, `no ${name} here`, `buy a ${name}`)),
  };
}

/** A candidate that throws with another backend active. */
function fallsOver(error: Error): BackendCandidate {
  return {
    name: 'wasm',
    start: async () => {
      await tf.setBackend('passing');
      throw error;
    },
  };
}

beforeAll(() => {
  tf.registerBackend('passing', () => tf.engine().findBackend('cpu'));
});

beforeEach(async () => {
  await tf.setBackend('cpu');
});

describe('chooseBackend', () => {
  test('takes the first that starts, and says which it passed over and why', async () => {
    const started = await chooseBackend(
      [fails('tensorflow'), fails('webgpu'), starts('wasm'), starts('cpu')],
      {},
    );
    expect(started).toMatchObject({name: 'wasm', device: 'fake', kernels: null});
    expect(started.reason).toMatch(/tensorflow: no tensorflow here; webgpu: no webgpu here/);
  });

  test('starts a named one though others come before it, with the options it was given', async () => {
    const seen: BackendOptions[] = [];
    const options = {name: 'cpu', deterministic: true} as const;
    const started = await chooseBackend([starts('wasm'), starts('cpu', seen)], options);
    expect(started).toEqual({name: 'cpu', ...running, reason: 'asked for by name'});
    expect(seen).toEqual([options]);
  });

  test('fails with reason and remedy when the named one cannot start, rather than take another', async () => {
    const attempt = chooseBackend([fails('webgpu'), starts('wasm')], {name: 'webgpu'});
    await expect(attempt).rejects.toThrow(
      'backend.startBackend: expected "webgpu" to start, got: no webgpu here; buy a webgpu',
    );
    await expect(attempt).rejects.toMatchObject({name: 'BackendUnavailableError', backend: 'webgpu'});
  });

  test('names every reason when none starts', async () => {
    await expect(chooseBackend([fails('wasm'), fails('cpu')], {})).rejects.toThrow(
      'expected one backend to start, got: none (wasm: no wasm here; cpu: no cpu here); npm install',
    );
  });

  test('refuses a name that it does not know', async () => {
    const options = {name: 'cuda'} as unknown as BackendOptions;
    const attempt = chooseBackend([starts('wasm'), starts('cpu')], options);
    await expect(attempt).rejects.toThrow(
      'backend.startBackend: expected "cuda" to start, got: no backend of this name; use one of wasm, cpu',
    );
    await expect(attempt).rejects.toMatchObject({name: 'BackendUnavailableError', backend: 'cuda'});
  });

  test('tells who asks for any backend by the class of the error that none starts', async () => {
    await expect(chooseBackend([fails('wasm')], {})).rejects.toMatchObject({
      name: 'BackendUnavailableError',
      backend: null,
      remedy: 'npm install @tensorflow/tfjs-backend-wasm, which runs everywhere',
    });
  });

  test.each<[says: string, options: unknown]>([
    [
      'expected options among name, software, deterministic, wasmPath, got "deterministc"; did you mean "deterministic"?',
      {name: 'wasm', deterministc: true},
    ],
    ['expected options, an object with name, software, deterministic, wasmPath, got wasm', 'wasm'],
    ['expected options, an object with name, software, deterministic, wasmPath, got null', null],
  ])('refuses options that nobody reads: %s', async (says, options) => {
    await expect(chooseBackend([starts('wasm')], options as BackendOptions)).rejects.toThrow(
      `backend.startBackend: ${says}`,
    );
    await expect(describeCandidates([starts('wasm')], options as BackendOptions)).rejects.toThrow(
      `backend.describeBackends: ${says}`,
    );
  });

  test('does not take a fault of its own for an unavailable backend', async () => {
    const faulty: BackendCandidate = {name: 'wasm', start: () => Promise.reject(new TypeError('a fault'))};
    await expect(chooseBackend([faulty, starts('cpu')], {})).rejects.toThrow(TypeError);
  });

  test('leaves the active backend in place where it meets a fault', async () => {
    const candidate = fallsOver(new TypeError('a fault'));
    await expect(chooseBackend([candidate], {})).rejects.toThrow('a fault');
    expect(tf.getBackend()).toBe('cpu');
  });
});

describe('describeCandidates', () => {
  test('gives every backend a line, with reason and remedy for those that cannot start', async () => {
    expect(await describeCandidates([fails('tensorflow'), starts('wasm')], {})).toEqual([
      {
        name: 'tensorflow',
        available: false,
        kernels: null,
        device: null,
        reason: 'no tensorflow here',
        remedy: 'buy a tensorflow',
      },
      {name: 'wasm', available: true, ...running, reason: 'starts', remedy: null},
    ]);
  });

  test('returns to the backend that was active though it meets a fault', async () => {
    await expect(describeCandidates([fallsOver(new TypeError('a fault'))], {})).rejects.toThrow('a fault');
    expect(tf.getBackend()).toBe('cpu');
  });

  test('returns to the backend that was active, and puts back what else a start has changed', async () => {
    let kernels = 'own';
    const passing: BackendCandidate = {
      name: 'wasm',
      start: async () => {
        await tf.setBackend('passing');
        kernels = 'other';
        return running;
      },
      hold: () => {
        const before = kernels;
        return async () => {
          kernels = before;
        };
      },
    };
    await describeCandidates([passing], {});
    expect(tf.getBackend()).toBe('cpu');
    expect(kernels).toBe('own');
  });
});
