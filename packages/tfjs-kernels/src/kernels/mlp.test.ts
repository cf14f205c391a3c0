import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import * as fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {
  type MlpCase,
  largestShare,
  logisticSlopes,
  mlpCases,
  numbers,
  parametersOf,
  reference,
} from '../../test/reference-mlp.ts';
import {registerKernels, unregisterKernels} from '../register-kernels.ts';
import type {WasmBackend} from '../wasm-backend.ts';

function run({networks, rows, widths, ownInputs, seed}: MlpCase) {
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
function logisticGradient({networks, rows, widths, ownInputs, seed}: MlpCase) {
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
    const ofNetwork = (all: Float32Array): Float32Array => all.subarray(k * rows, (k + 1) * rows);
    const dy = logisticSlopes(logits, ofNetwork(targets), ofNetwork(weights));
    return [...reference(own, x, dy, widths, rows).gradient];
  }).flat();
  return {gradient, expected};
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
      fc.property(mlpCases, (shape) => {
        const {values, alone, gradient, expectedLogits, expectedGradient} = run(shape);
        // Sums of at most 19 products forwards and 130 · 19 backwards, float32.
        expect(largestShare(values, expectedLogits)).toBeLessThan(2e-6);
        expect(largestShare(gradient, expectedGradient)).toBeLessThan(4e-6);
        expect(alone).toEqual(values);
      }),
      {numRuns: process.env['MINEFIELD_FULL'] === '1' ? 5000 : 150, seed: 1},
    );
  });

  it('agrees with plain loops in float64 on the gradient of a logistic loss of any shape', () => {
    fc.assert(
      fc.property(mlpCases, ({widths: wider, ...shape}) => {
        const widths = [...wider.slice(0, -1), 1];
        const {gradient, expected} = logisticGradient({...shape, widths});
        expect(largestShare(gradient, expected)).toBeLessThan(4e-6);
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
