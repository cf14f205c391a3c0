import * as tf from '@tensorflow/tfjs-core';
import {afterEach, describe, expect, it, vi} from 'vitest';
import {startWasm} from '../test/backends.ts';
import {type WasmBackend, memoryOf, offsetOf, withScratch} from './wasm-backend.ts';

const PAGE = 65_536;
const tensor: tf.TensorInfo = {dataId: {}, shape: [4], dtype: 'float32'};

/** A backend of one page whose tensor, and whatever it allocates, is at `offset`. */
function backendAt(offset: number, wasm: Partial<WasmBackend['wasm']> = {}): WasmBackend {
  const asm = {memory: new WebAssembly.Memory({initial: 1})};
  return {
    wasm: {asm, _malloc: () => offset, _free: () => undefined, ...wasm},
    dataIdMap: {get: () => ({memoryOffset: offset})},
  } as unknown as WasmBackend;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('offsetOf', () => {
  it('takes a tensor that lies in the heap, and any that is empty', () => {
    expect(offsetOf(backendAt(PAGE - 16), tensor)).toBe(PAGE - 16);
    expect(offsetOf(backendAt(0), {...tensor, shape: [0, 4]})).toBe(0);
  });

  it.each([0, PAGE - 12])('refuses a tensor that the heap had no room for, at %d', (offset) => {
    expect(() => offsetOf(backendAt(offset), tensor)).toThrow(
      new RangeError(
        'tfjs-kernels: expected room in the WASM heap for a tensor [4], got none for 16 bytes; ' +
          'dispose of tensors, or compute in smaller batches',
      ),
    );
  });
});

describe('memoryOf', () => {
  it('finds the memory that the threaded build imports rather than exports', () => {
    const wasmMemory = new WebAssembly.Memory({initial: 1, maximum: 1, shared: true});
    expect(memoryOf(backendAt(0, {asm: {malloc: () => 0}, wasmMemory}))).toBe(wasmMemory);
  });

  it('says what it needs where there is none', () => {
    expect(() => memoryOf(backendAt(0, {asm: {}}))).toThrow(
      'got a backend that shows no memory; use @tensorflow',
    );
  });
});

describe('withScratch', () => {
  it('knows offsets beyond 2 GiB, which come as negative numbers, and frees them', () => {
    const free = vi.fn<(offset: number) => void>();
    const backend = backendAt(-PAGE, {_free: free});
    expect(withScratch(backend, 16, (offset) => offset)).toBe(2 ** 32 - PAGE);
    expect(free).toHaveBeenCalledExactlyOnceWith(2 ** 32 - PAGE);
  });

  it('frees scratch whose use throws', () => {
    const free = vi.fn<(offset: number) => void>();
    const backend = backendAt(64, {_free: free});
    const fault = new Error('a fault');
    const use = (): never => {
      throw fault;
    };
    expect(() => withScratch(backend, 16, use)).toThrow(fault);
    expect(free).toHaveBeenCalledExactlyOnceWith(64);
  });

  it.each([
    ['a full heap', 0, 16],
    ['more than can be addressed', 64, 2 ** 32],
  ])('refuses %s', (_, offset, bytes) => {
    expect(() => withScratch(backendAt(offset), bytes, () => 0)).toThrow(RangeError);
  });
});

describe('kernels on a heap that is full', () => {
  const [image, filter, row] = [
    [1, 4, 4, 2],
    [3, 3, 2, 2],
    [1, 6],
  ];
  const convolution = {strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC'};

  it.each<[name: string, inputs: Record<string, number[]>, attrs: tf.NamedAttrMap, allocations: number]>([
    ['BatchMatMul', {a: [3, 5], b: [5, 2]}, {transposeA: false, transposeB: false}, 2],
    ['Conv2D', {x: image, filter}, convolution, 2],
    ['Mlp', {thetas: row, inputs: [3, 1]}, {widths: [1, 1, 2], keepActivations: true}, 3],
    [
      'MlpLogisticGradient',
      {thetas: [1, 4], inputs: [3, 1], targets: [1, 3], weights: [1, 3]},
      {widths: [1, 1, 1]},
      2,
    ],
    ['BatchNormTraining', {x: [8, 4], scale: [4], offset: [4]}, {varianceEpsilon: 1, rectified: false}, 3],
  ])('free what %s has made by then', async (name, shapes, attrs, allocations) => {
    await startWasm();
    const backend = tf.backend() as WasmBackend;
    const inputs = Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [key, tf.ones(shape)]));
    const run = (): tf.Tensor[] =>
      [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attrs)].flat();
    const {_malloc: real} = backend.wasm;
    const allocate = vi.spyOn(backend.wasm, '_malloc');
    tf.dispose(run());
    expect(allocate).toHaveBeenCalledTimes(allocations);
    const before = backend.numDataIds();
    for (let fine = 0; fine < allocations; fine++) {
      for (let i = 0; i < fine; i++) allocate.mockImplementationOnce(real);
      allocate.mockImplementationOnce(() => 0);
      expect(run, `allocation ${fine}`).toThrow(RangeError);
      expect(backend.numDataIds()).toBe(before);
    }
    tf.dispose(inputs);
  });

  it.each(['Relu', 'Tanh', 'Exp', 'Square'])(
    'stop a stock %s before it writes over other tensors',
    async (name) => {
      await startWasm();
      const backend = tf.backend() as WasmBackend;
      const x = tf.tensor1d([1, 2, 3]);
      tf.dispose(tf.engine().runKernel<tf.Tensor>(name, {x}));
      const before = backend.numDataIds();
      const allocate = vi.spyOn(backend.wasm, '_malloc').mockReturnValue(0);
      expect(() => tf.engine().runKernel(name, {x})).toThrow(RangeError);
      allocate.mockRestore();
      expect(backend.numDataIds()).toBe(before);
      expect(x.dataSync()).toEqual(Float32Array.of(1, 2, 3));
      x.dispose();
    },
  );
});
