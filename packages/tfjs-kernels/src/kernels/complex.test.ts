import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, startWasm, valuesOn} from '../../test/backends.ts';
import {unregisterKernels} from '../register-kernels.ts';

beforeAll(() => startWasm());
afterAll(unregisterKernels);

const realPart = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);

const complexTensor = (shape: number[], seed: number): tf.Tensor =>
  tf.complex(realPart(shape, seed), realPart(shape, seed + 1));

const shapes = fc.array(fc.integer({min: 1, max: 4}), {maxLength: 4});

/** What is computed of two tensors of one shape; some only where there is a dimension. */
const operations: Readonly<Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  sum: (a, b) => tf.add(a, b),
  difference: (a, b) => tf.sub(a, b),
  product: (a, b) => tf.mul(a, b),
  real: (a) => tf.real(a),
  imag: (a) => tf.imag(a),
  abs: (a) => tf.abs(a),
  clone: (a) => tf.clone(a),
  'cast to float32': (a) => tf.cast(a, 'float32'),
  'cast to int32': (a) => tf.cast(tf.add(a, a), 'int32'),
  'cast to bool': (a) => tf.cast(a, 'bool'),
  'cast from float32': (a) => tf.cast(tf.real(a), 'complex64'),
  'cast from int32': (a) => tf.cast(tf.cast(a, 'int32'), 'complex64'),
  onesLike: (a) => tf.onesLike(a),
  zerosLike: (a) => tf.zerosLike(a),
  stack: (a, b) => tf.stack([a, b], 0),
  'stack at the end': (a, b) => tf.stack([a, b], a.rank),
  reshape: (a) => tf.reshape(a, [-1]),
  expandDims: (a) => tf.expandDims(a, -1),
  'concat at the end': (a, b) => (a.rank === 0 ? tf.add(a, b) : tf.concat([a, b], a.rank - 1)),
};

it.each(Object.keys(operations))('%s agrees with the CPU backend', async (name) => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.integer({min: 0, max: 1e6}), async (shape, seed) => {
      const compute = (): tf.Tensor =>
        (operations[name] as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor)(
          complexTensor(shape, seed),
          complexTensor(shape, seed + 2),
        );
      // Values up to 4, and a product of two roundings more than the CPU backend's, which computes in float64.
      expect(largestError(await valuesOn('wasm', compute), await valuesOn('cpu', compute))).toBeLessThan(
        5e-7,
      );
    }),
    {numRuns: Math.ceil(runs / 4)},
  );
});

/** By parts: over a broadcast, the CPU backend makes NaN of all complex numbers but the first few. */
const broadcasts: Readonly<Record<string, [whole: () => tf.Tensor, byParts: () => tf.Tensor]>> = {
  'product with a real scalar': [
    () => tf.mul(complexTensor([2, 3], 1), tf.scalar(-3.5)),
    () => tf.complex(tf.mul(realPart([2, 3], 1), -3.5), tf.mul(realPart([2, 3], 2), -3.5)),
  ],
  'sum of a column and a row': [
    () => tf.add(complexTensor([4, 1], 1), complexTensor([3], 5)),
    () =>
      tf.complex(
        tf.add(realPart([4, 1], 1), realPart([3], 5)),
        tf.add(realPart([4, 1], 2), realPart([3], 6)),
      ),
  ],
};

it.each(Object.entries(broadcasts))('%s is that of the parts', async (_, [whole, byParts]) => {
  expect(largestError(await valuesOn('wasm', whole), await valuesOn('cpu', byParts))).toBeLessThan(5e-7);
});

describe('on the WASM backend', () => {
  beforeAll(() => tf.setBackend('wasm'));

  it('slices, of which the CPU backend has none', () => {
    const x = tf.complex([1, 2, 3, 4, 5, 6], [10, 20, 30, 40, 50, 60]);
    const block = tf.slice(tf.reshape(x, [2, 3]), [0, 1], [2, -1]);
    expect(block.shape).toEqual([2, 2]);
    expect([...block.dataSync()]).toEqual([2, 20, 3, 30, 5, 50, 6, 60]);
  });

  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['Neg', (x) => tf.neg(x)],
    ['Sum', (x) => tf.sum(x)],
    ['RealDiv', (x) => tf.div(x, x)],
    ['Tile', (x) => tf.tile(x, [2])],
    ['Relu', (x) => tf.relu(x)],
  ])('refuses %s, whose kernel would take parts for numbers', (name, compute) => {
    expect(() => compute(tf.complex([1], [2]))).toThrow(
      new TypeError(
        `tfjs-kernels.${name}: expected real tensors, got complex64; compute with tf.real and tf.imag of them`,
      ),
    );
  });

  it('refuses parts of what is not complex', () => {
    expect(() => tf.real(tf.tensor1d([1]))).toThrow(
      'tfjs-kernels: Real on the WASM backend takes complex64 tensors; make them by tf.complex',
    );
    const add = (): unknown => tf.engine().runKernel('Add', {a: tf.complex([1], [2]), b: tf.tensor1d([1])});
    expect(add).toThrow('tfjs-kernels: expected complex64 tensors, got one of dtype float32; cast it');
  });

  it('takes tensors that the CPU backend made, and reads them', async () => {
    await tf.setBackend('cpu');
    const x = tf.complex([1, 2], [3, 4]);
    await tf.setBackend('wasm');
    expect([...tf.add(x, x).dataSync()]).toEqual([2, 6, 4, 8]);
    expect([...x.dataSync()]).toEqual([1, 3, 2, 4]);
  });

  it('keeps NaN and infinity to the parts that have them', () => {
    const x = tf.complex([Number.NaN, 1], [2, Infinity]);
    expect([...tf.add(x, x).dataSync()]).toEqual([Number.NaN, 4, 2, Infinity]);
    expect([...tf.abs(x).dataSync()]).toEqual([Number.NaN, Infinity]);
  });
});
