import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import * as fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {registerKernels, unregisterKernels} from '../register-kernels.ts';
import type {WasmBackend} from '../wasm-backend.ts';

const shapes = fc.record({
  networks: fc.integer({min: 1, max: 4}),
  // Up to three blocks of rows, so that sums go on from block to block.
  rows: fc.oneof(fc.integer({min: 1, max: 23}), fc.integer({min: 58, max: 130})),
  widths: fc.array(fc.integer({min: 1, max: 19}), {minLength: 2, maxLength: 5}),
  ownInputs: fc.boolean(),
  seed: fc.integer({min: 1, max: 1e6}),
});

type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function parametersOf(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, i) => sum + ((widths[i] ?? 0) + 1) * width, 0);
}

/** Deterministic numbers in −1 .. 1. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({length: count}, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

/** Logits, and the gradient of Σ dy · logits by the parameters, of one network, in float64 and plain loops. */
function reference(
  theta: Float32Array,
  inputs: Float32Array,
  dy: Float32Array,
  widths: readonly number[],
  rows: number,
) {
  const gradient = new Float64Array(theta.length);
  const logits: number[] = [];
  for (let row = 0; row < rows; row++) {
    const layers: number[][] = [[...inputs.subarray(row * (widths[0] ?? 0), (row + 1) * (widths[0] ?? 0))]];
    const offsets: number[] = [];
    let at = 0;
    for (let layer = 0; layer + 1 < widths.length; layer++) {
      const [fanIn = 0, fanOut = 0] = [widths[layer], widths[layer + 1]];
      offsets.push(at);
      const x = layers[layer] ?? [];
      const y = Array.from({length: fanOut}, (_, o) => {
        let sum = theta[at + fanIn * fanOut + o] ?? 0;
        for (let i = 0; i < fanIn; i++) sum += (x[i] ?? 0) * (theta[at + i * fanOut + o] ?? 0);
        return layer + 2 < widths.length ? Math.max(0, sum) : sum;
      });
      layers.push(y);
      at += fanIn * fanOut + fanOut;
    }
    const outputs = layers.at(-1) ?? [];
    logits.push(...outputs);
    let slope = outputs.map((_, o) => dy[row * outputs.length + o] ?? 0);
    for (let layer = widths.length - 2; layer >= 0; layer--) {
      const [fanIn = 0, fanOut = 0, start = 0] = [widths[layer], widths[layer + 1], offsets[layer]];
      const x = layers[layer] ?? [];
      const back = x.map(() => 0);
      for (let o = 0; o < fanOut; o++) {
        const d = slope[o] ?? 0;
        const bias = start + fanIn * fanOut + o;
        gradient[bias] = (gradient[bias] ?? 0) + d;
        for (let i = 0; i < fanIn; i++) {
          const index = start + i * fanOut + o;
          gradient[index] = (gradient[index] ?? 0) + d * (x[i] ?? 0);
          back[i] = (back[i] ?? 0) + d * (theta[index] ?? 0);
        }
      }
      slope = back.map((value, i) => ((x[i] ?? 0) > 0 ? value : 0));
    }
  }
  return {logits, gradient};
}

function run({networks, rows, widths, ownInputs, seed}: Shape) {
  const [features = 0, outputs = 0, parameters] = [widths[0], widths.at(-1), parametersOf(widths)];
  const theta = numbers(networks * parameters, seed);
  const inputs = numbers((ownInputs ? networks : 1) * rows * features, seed + 1);
  const dy = numbers(networks * rows * outputs, seed + 2);
  const [values, alone, gradient] = tf.tidy(() => {
    const thetas = tf.tensor2d(theta, [networks, parameters]);
    const x = tf.tensor(inputs, ownInputs ? [networks, rows, features] : [rows, features]);
    const kept: tf.Tensor[] = tf
      .engine()
      .runKernel('Mlp', {thetas, inputs: x}, {widths, keepActivations: true});
    const [plain]: tf.Tensor[] = tf
      .engine()
      .runKernel('Mlp', {thetas, inputs: x}, {widths, keepActivations: false});
    const [logits, activations] = kept;
    if (logits === undefined || activations === undefined || plain === undefined)
      throw new Error('no output');
    const slopes: tf.Tensor = tf
      .engine()
      .runKernel('MlpGradient', {thetas, inputs: x, activations, dy: tf.tensor(dy, logits.shape)}, {widths});
    return [logits.dataSync<'float32'>(), plain.dataSync<'float32'>(), slopes.dataSync<'float32'>()];
  });
  const expected = Array.from({length: networks}, (_, k) =>
    reference(
      theta.subarray(k * parameters, (k + 1) * parameters),
      ownInputs ? inputs.subarray(k * rows * features, (k + 1) * rows * features) : inputs,
      dy.subarray(k * rows * outputs, (k + 1) * rows * outputs),
      widths,
      rows,
    ),
  );
  return {
    values,
    alone,
    gradient,
    expectedLogits: expected.flatMap(({logits}) => logits),
    expectedGradient: expected.flatMap(({gradient: g}) => [...g]),
  };
}

/** The gradient of Σ weight · softplus(−target · logit) by the kernel, and by plain loops in float64. */
function logisticGradient({networks, rows, widths, ownInputs, seed}: Shape) {
  const [features = 0, parameters] = [widths[0], parametersOf(widths)];
  const theta = numbers(networks * parameters, seed);
  const inputs = numbers((ownInputs ? networks : 1) * rows * features, seed + 1);
  const weights = numbers(networks * rows, seed + 2);
  const targets = numbers(networks * rows, seed + 3).map((value) => (value > 0 ? 1 : -1));
  const gradient = tf.tidy(() => {
    const slopes: tf.Tensor = tf.engine().runKernel(
      'MlpLogisticGradient',
      {
        thetas: tf.tensor2d(theta, [networks, parameters]),
        inputs: tf.tensor(inputs, ownInputs ? [networks, rows, features] : [rows, features]),
        targets: tf.tensor2d(targets, [networks, rows]),
        weights: tf.tensor2d(weights, [networks, rows]),
      },
      {widths},
    );
    return slopes.dataSync<'float32'>();
  });
  const expected = Array.from({length: networks}, (_, k) => {
    const own = theta.subarray(k * parameters, (k + 1) * parameters);
    const x = ownInputs ? inputs.subarray(k * rows * features, (k + 1) * rows * features) : inputs;
    const {logits} = reference(own, x, new Float32Array(rows), widths, rows);
    const dy = Float32Array.from(logits, (z, i) => {
      const [target = 0, weight = 0] = [targets[k * rows + i], weights[k * rows + i]];
      return (-weight * target) / (1 + Math.exp(target * z));
    });
    return [...reference(own, x, dy, widths, rows).gradient];
  }).flat();
  return {gradient, expected};
}

function largestError(actual: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs((actual[i] ?? Number.NaN) - value))) / scale;
}

describe.each([true, false])('with deterministic: %s', (deterministic) => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerKernels({deterministic});
  });

  afterAll(() => {
    unregisterKernels();
  });

  it('agrees with plain loops in float64 on logits and gradients of any shape', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const {values, alone, gradient, expectedLogits, expectedGradient} = run(shape);
        // Sums of at most 19 products forwards and 130 · 19 backwards, float32.
        expect(largestError(values, expectedLogits)).toBeLessThan(2e-6);
        expect(largestError(gradient, expectedGradient)).toBeLessThan(4e-6);
        expect(alone).toEqual(values);
      }),
      {numRuns: process.env['MINEFIELD_FULL'] === '1' ? 5000 : 150, seed: 1},
    );
  });

  it('agrees with plain loops in float64 on the gradient of a logistic loss of any shape', () => {
    fc.assert(
      fc.property(shapes, ({widths: wider, ...shape}) => {
        const widths = [...wider.slice(0, -1), 1];
        const {gradient, expected} = logisticGradient({...shape, widths});
        expect(largestError(gradient, expected)).toBeLessThan(4e-6);
      }),
      {numRuns: process.env['MINEFIELD_FULL'] === '1' ? 5000 : 100, seed: 1},
    );
  });

  it('takes the gradient of a logistic loss of nothing to be zero', () => {
    const shape = {networks: 2, rows: 0, widths: [3, 5, 1], ownInputs: true, seed: 3};
    expect(logisticGradient(shape).gradient).toEqual(new Float32Array(2 * parametersOf(shape.widths)));
  });

  it('asks for targets and weights of every row', () => {
    const [thetas, inputs] = [tf.ones([1, 2]), tf.ones([3, 1])];
    const [targets, weights] = [tf.ones([1, 3]), tf.ones([1, 2])];
    expect(() =>
      tf.engine().runKernel('MlpLogisticGradient', {thetas, inputs, targets, weights}, {widths: [1, 1]}),
    ).toThrow('expected float32 targets and weights [1, 3] and one output, got float32 [1,2] and 1 outputs');
  });

  it('gives a network the same bits alone and in any company', () => {
    const widths = [2, 23, 16, 1];
    const parameters = parametersOf(widths);
    const theta = numbers(3 * parameters, 5);
    const inputs = tf.tensor(numbers(2 * 41, 6), [41, 2]);
    const logitsOf = (rows: Float32Array) => {
      const thetas = tf.tensor2d(rows, [rows.length / parameters, parameters]);
      const [logits]: tf.Tensor[] = tf
        .engine()
        .runKernel('Mlp', {thetas, inputs}, {widths, keepActivations: false});
      return logits?.dataSync() ?? new Float32Array();
    };
    const together = logitsOf(theta);
    for (let k = 0; k < 3; k++) {
      const alone = logitsOf(theta.slice(k * parameters, (k + 1) * parameters));
      expect(together.slice(k * 41, (k + 1) * 41)).toEqual(alone);
    }
  });

  it('gives a row the same bits at any place', () => {
    const widths = [2, 23, 16, 1];
    const theta = tf.tensor2d(numbers(parametersOf(widths), 5), [1, parametersOf(widths)]);
    const inputs = numbers(2 * 137, 6);
    const logitsOf = (rows: Float32Array) => {
      const x = tf.tensor2d(rows, [rows.length / 2, 2]);
      const [logits]: tf.Tensor[] = tf
        .engine()
        .runKernel('Mlp', {thetas: theta, inputs: x}, {widths, keepActivations: false});
      return [...(logits?.dataSync() ?? [])];
    };
    const together = logitsOf(inputs);
    const alone = together.map((_, i) => logitsOf(inputs.slice(2 * i, 2 * i + 2))[0]);
    expect(together).toEqual(alone);
  });

  it('lets NaN through the ReLU, so that a diverged network is seen', () => {
    const thetas = tf.tensor2d([Number.NaN, 0, 1, 0], [1, 4]);
    const inputs = tf.tensor2d([1], [1, 1]);
    const [logits]: tf.Tensor[] = tf
      .engine()
      .runKernel('Mlp', {thetas, inputs}, {widths: [1, 1, 1], keepActivations: false});
    expect(logits?.dataSync()[0]).toBeNaN();
  });

  it('says what fits when shapes do not', () => {
    const thetas = tf.tensor2d([1, 2, 3], [1, 3]);
    const inputs = tf.tensor2d([1], [1, 1]);
    expect(() => tf.engine().runKernel('Mlp', {thetas, inputs}, {widths: [1, 1]})).toThrow(
      'expected parameters [K, 2] and inputs [K or 1, n, 1] for widths 1-1, got [1,3] and [1,1]',
    );
  });

  it('takes inputs without rows for no inputs at all', () => {
    const [thetas, inputs] = [tf.tensor2d([1, 2], [1, 2]), tf.tensor1d([1])];
    expect(() => tf.engine().runKernel('Mlp', {thetas, inputs}, {widths: [1, 1]})).toThrow(
      'expected parameters [K, 2] and inputs [K or 1, n, 1] for widths 1-1, got [1,2] and [1]',
    );
  });

  it('frees its scratch', () => {
    const {wasm} = tf.backend() as WasmBackend;
    const shape = {networks: 2, rows: 9, widths: [3, 5, 2], ownInputs: true, seed: 3};
    // Either function puts another in its own place when it is first called.
    run(shape);
    const [allocate, free] = [vi.spyOn(wasm, '_malloc'), vi.spyOn(wasm, '_free')];
    run(shape);
    const held = new Map<number, number>();
    const count = (offset: number, more: number): void => {
      held.set(offset >>> 0, (held.get(offset >>> 0) ?? 0) + more);
    };
    for (const {value} of allocate.mock.results) count(value as number, 1);
    for (const [offset] of free.mock.calls) count(offset, -1);
    vi.restoreAllMocks();
    expect(held.size).toBeGreaterThan(3);
    expect([...held.values()].filter((times) => times !== 0)).toEqual([]);
  });
});
