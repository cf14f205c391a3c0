import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, sets, startWasm, valuesOn} from '../../test/backends.ts';

const size = fc.integer({min: 1, max: 34});
const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;

const layers = fc.record({
  products: fc.integer({min: 1, max: 3}),
  rows: size,
  depth: size,
  columns: size,
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  bias: fc.constantFrom('none', 'row', 'shared row', 'row of each', 'scalar', 'column', 'whole'),
  activation: fc.constantFrom(...activations),
  seed: fc.integer({min: 0, max: 1e6}),
});

type Layer = typeof layers extends fc.Arbitrary<infer T> ? T : never;

function biasShape({bias, products, rows, columns}: Layer): number[] | undefined {
  switch (bias) {
    case 'none':
      return undefined;
    case 'row':
      return [columns];
    case 'shared row':
      return [1, 1, columns];
    case 'row of each':
      return [products, 1, columns];
    case 'scalar':
      return [];
    case 'column':
      return [rows, 1];
    case 'whole':
      return [products, rows, columns];
  }
}

function fill(shape: readonly number[], seed: number): tf.Tensor {
  return tf.mul(tf.tensor(randomValues(tf.util.sizeFromShape([...shape]), seed), [...shape]), 3);
}

function operands(layer: Layer) {
  const {products, rows, depth, columns, transposeA, transposeB, seed} = layer;
  const bias = biasShape(layer);
  return {
    a: fill([products, ...(transposeA ? [depth, rows] : [rows, depth])], seed),
    b: fill([products, ...(transposeB ? [columns, depth] : [depth, columns])], seed + 1),
    bias: bias === undefined ? undefined : fill(bias, seed + 2),
    prelu: fill([columns], seed + 3),
  };
}

function fused(layer: Layer): tf.Tensor {
  const {a, b, bias, prelu} = operands(layer);
  const {transposeA, transposeB, activation} = layer;
  return tf.fused.matMul({
    a,
    b,
    transposeA,
    transposeB,
    activation,
    leakyreluAlpha: 0.3,
    ...(bias === undefined ? {} : {bias}),
    ...(activation === 'prelu' ? {preluActivationWeights: prelu} : {}),
  });
}

function activate(x: tf.Tensor, {activation}: Layer, prelu: tf.Tensor): tf.Tensor {
  switch (activation) {
    case 'linear':
      return x;
    case 'leakyrelu':
      return tf.leakyRelu(x, 0.3);
    case 'prelu':
      return tf.prelu(x, prelu);
    case 'relu':
      return tf.relu(x);
    case 'relu6':
      return tf.relu6(x);
    case 'elu':
      return tf.elu(x);
    case 'sigmoid':
      return tf.sigmoid(x);
  }
}

function composed(layer: Layer): tf.Tensor {
  const {a, b, bias, prelu} = operands(layer);
  const product = tf.matMul(a, b, layer.transposeA, layer.transposeB);
  return activate(bias === undefined ? product : tf.add(product, bias), layer, prelu);
}

describe.each(sets)('with %s', (_, options) => {
  beforeAll(() => startWasm(options));

  it('is product, bias and activation one after the other, for every bias that broadcasts', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (layer) => {
        const actual = await valuesOn('wasm', () => fused(layer));
        const expected = await valuesOn('cpu', () => composed(layer));
        // Sums of up to 34 products of numbers up to 3.
        expect(largestError(actual, expected)).toBeLessThanOrEqual(1e-4);
      }),
      {numRuns: runs},
    );
  });

  it('has the bits of a product, a sum and a ReLU in kernels of their own', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (layer) => {
        const plain = {...layer, activation: 'relu' as const};
        expect(await valuesOn('wasm', () => fused(plain))).toEqual(
          await valuesOn('wasm', () => composed(plain)),
        );
      }),
      {numRuns: runs / 2},
    );
  });

  it('adds a bias to the products that it belongs to, whatever dimensions their batch has', async () => {
    const biases = [[5], [1, 1, 1, 1, 5], [3, 1, 5], [2, 3, 4, 5], [1, 3, 4, 1], [2, 3, 1, 5], [3, 4, 5]];
    for (const shape of biases) {
      for (const activation of ['relu', 'elu'] as const) {
        const parts = () => ({a: fill([2, 3, 4, 6], 1), b: fill([2, 3, 6, 5], 2), bias: fill(shape, 3)});
        const actual = await valuesOn('wasm', () => tf.fused.matMul({...parts(), activation}));
        const expected = await valuesOn('cpu', () => {
          const {a, b, bias} = parts();
          const sum = tf.add(tf.matMul(a, b), bias);
          return activation === 'relu' ? tf.relu(sum) : tf.elu(sum);
        });
        expect(largestError(actual, expected)).toBeLessThanOrEqual(1e-5);
      }
    }
    const outermost = (): tf.Tensor =>
      tf.fused.matMul({a: fill([2, 3, 4, 6], 1), b: fill([2, 3, 6, 5], 2), bias: fill([2, 1, 1, 5], 3)});
    await expect(valuesOn('wasm', outermost)).rejects.toThrow(
      'tfjs-kernels.matMul: expected a bias that differs along the innermost dimensions of a batch of 6 products, got [2,1,1,5]',
    );
  });

  it('fuses products of integers with their bias', async () => {
    const compute = (): tf.Tensor => {
      const [a, b] = [
        tf.tensor2d([1, -2, 3, 4], [2, 2], 'int32'),
        tf.tensor2d([5, 6, -7, 8], [2, 2], 'int32'),
      ];
      return tf.fused.matMul({a, b, bias: tf.tensor1d([100, 20_000_001], 'int32')});
    };
    // Values go through float32 on their way here, which 20,000,001 would not survive.
    const rest = await valuesOn('wasm', () => tf.sub(compute(), tf.tensor1d([0, 20_000_000], 'int32')));
    expect([...rest]).toEqual([5 + 14 + 100, 6 - 16 + 1, 15 - 28 + 100, 18 + 32 + 1]);
  });

  it('passes NaN through bias and activation', async () => {
    const compute = (): tf.Tensor =>
      tf.fused.matMul({
        a: tf.tensor2d([1, Number.NaN, 2, -Infinity], [2, 2]),
        b: tf.tensor2d([1, 2, 3, 4], [2, 2]),
        bias: tf.tensor1d([0, Infinity]),
        activation: 'relu',
      });
    // Second row: 2 − ∞ < 0, and 4 − ∞ + ∞.
    expect([...(await valuesOn('wasm', compute))]).toEqual([NaN, NaN, 0, NaN]);
  });

  it('of no depth is the activation of the bias', async () => {
    const compute = (): tf.Tensor =>
      tf.fused.matMul({
        a: tf.zeros([2, 0]),
        b: tf.zeros([0, 3]),
        bias: tf.tensor1d([-1, 0.5, 2]),
        activation: 'relu',
      });
    expect([...(await valuesOn('wasm', compute))]).toEqual([0, 0.5, 2, 0, 0.5, 2]);
  });
});
