import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import * as fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
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

/** What a ReLU is given moves by less than this between two points of a difference, and by float32's rounding. */
const MARGIN = 1e-5;

interface Problem {
  readonly networks: number;
  readonly rows: number;
  readonly widths: readonly number[];
  readonly ownInputs: boolean;
  readonly directions: number;
  readonly thetas: Float32Array;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array;
  readonly vectors: Float32Array;
}

function problemOf({networks, rows, widths: wider, ownInputs, seed}: MlpCase, directions: number): Problem {
  const widths = [...wider.slice(0, -1), 1];
  const parameters = parametersOf(widths);
  return {
    networks,
    rows,
    widths,
    ownInputs,
    directions,
    thetas: numbers(networks * parameters, seed),
    inputs: numbers((ownInputs ? networks : 1) * rows * (widths[0] ?? 0), seed + 1),
    // Not all of length 1, so that the square of a target counts.
    targets: numbers(networks * rows, seed + 3).map((value) => (value > 0 ? 1 : -0.5)),
    weights: numbers(networks * rows, seed + 2),
    vectors: numbers(networks * directions * parameters, seed + 4),
  };
}

/** Products by the kernel, `[K, D, P]`. */
function productsOf({networks, rows, widths, ownInputs, directions, ...data}: Problem): Float32Array {
  const parameters = parametersOf(widths);
  return tf.tidy(() =>
    tf
      .engine()
      .runKernel<tf.Tensor>(
        'MlpLogisticHessian',
        {
          thetas: tf.tensor2d(data.thetas, [networks, parameters]),
          vectors: tf.tensor3d(data.vectors, [networks, directions, parameters]),
          inputs: tf.tensor(data.inputs, [...(ownInputs ? [networks] : []), rows, widths[0] ?? 0]),
          targets: tf.tensor2d(data.targets, [networks, rows]),
          weights: tf.tensor2d(data.weights, [networks, rows]),
        },
        {widths: [...widths]},
      )
      .dataSync<'float32'>(),
  );
}

/** What is network k's. */
function networkOf(problem: Problem, k: number): Problem {
  const {networks, ownInputs} = problem;
  const part = (all: Float32Array): Float32Array => {
    const size = all.length / networks;
    return all.subarray(k * size, (k + 1) * size);
  };
  return {
    ...problem,
    networks: 1,
    ownInputs: false,
    thetas: part(problem.thetas),
    inputs: ownInputs ? part(problem.inputs) : problem.inputs,
    targets: part(problem.targets),
    weights: part(problem.weights),
    vectors: part(problem.vectors),
  };
}

/** The same without the rows that come so near to a kink that differences, or float32, may cross it. */
function awayFromKinks(problem: Problem): Problem {
  const {networks, rows} = problem;
  const weights = problem.weights.slice();
  for (let k = 0; k < networks; k++) {
    const {thetas, inputs, widths} = networkOf(problem, k);
    const {margins} = reference(thetas, inputs, new Float32Array(rows), widths, rows);
    for (const [row, margin] of margins.entries()) if (margin < MARGIN) weights[k * rows + row] = 0;
  }
  return {...problem, weights};
}

/** Products by central differences of the gradient, in float64 and plain loops. */
function differencesOf(problem: Problem): number[] {
  const step = 1e-7;
  return Array.from({length: problem.networks}, (_, k) => {
    const {thetas, inputs, targets, weights, vectors, widths, rows} = networkOf(problem, k);
    const gradientAt = (theta: Float64Array): Float64Array => {
      const {logits} = reference(theta, inputs, new Float32Array(rows), widths, rows);
      return reference(theta, inputs, logisticSlopes(logits, targets, weights), widths, rows).gradient;
    };
    const parameters = thetas.length;
    return Array.from({length: problem.directions}, (__, d) => {
      const moved = (by: number): Float64Array =>
        Float64Array.from(thetas, (value, i) => value + by * (vectors[d * parameters + i] ?? 0));
      const [ahead, behind] = [gradientAt(moved(step)), gradientAt(moved(-step))];
      return Array.from(ahead, (value, i) => (value - (behind[i] ?? 0)) / (2 * step));
    }).flat();
  }).flat();
}

const directionCounts = fc.integer({min: 1, max: 5});

describe.each([true, false])('with deterministic: %s', (deterministic) => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerKernels({deterministic});
  });

  afterAll(() => {
    unregisterKernels();
  });

  it('agrees with central differences of the gradient in float64, for any shape', () => {
    fc.assert(
      fc.property(mlpCases, directionCounts, (shape, directions) => {
        const problem = awayFromKinks(problemOf(shape, directions));
        // Sums of up to 130 · 19 products of three factors in float32.
        expect(largestShare(productsOf(problem), differencesOf(problem))).toBeLessThan(3e-6);
      }),
      {numRuns: process.env['MINEFIELD_FULL'] === '1' ? 2000 : 60, seed: 1},
    );
  });

  it('is symmetric: u · Hv = v · Hu', () => {
    fc.assert(
      fc.property(mlpCases, (shape) => {
        const problem = problemOf({...shape, networks: 1}, 2);
        const parameters = problem.thetas.length;
        const products = productsOf(problem);
        const dot = (product: number, vector: number): [value: number, size: number] => {
          let [value, size] = [0, 0];
          for (let i = 0; i < parameters; i++) {
            const term =
              (products[product * parameters + i] ?? 0) * (problem.vectors[vector * parameters + i] ?? 0);
            value += term;
            size += Math.abs(term);
          }
          return [value, size];
        };
        const [[one, size], [other]] = [dot(0, 1), dot(1, 0)];
        expect(Math.abs(one - other) / Math.max(1, size)).toBeLessThan(1e-6);
      }),
      {numRuns: process.env['MINEFIELD_FULL'] === '1' ? 2000 : 60, seed: 2},
    );
  });

  it('gives a product the same bits alone and in any company', () => {
    const problem = problemOf({networks: 3, rows: 41, widths: [2, 23, 16, 1], ownInputs: true, seed: 5}, 3);
    const parameters = parametersOf(problem.widths);
    const alone = Array.from({length: 9}, (_, i) => {
      const vectors = problem.vectors.subarray(i * parameters, (i + 1) * parameters);
      return [...productsOf({...networkOf(problem, Math.floor(i / 3)), directions: 1, vectors})];
    });
    expect([...productsOf(problem)]).toEqual(alone.flat());
  });

  it('takes a unit that is given nothing for flat, as the gradient does', () => {
    // One unit with weights and bias 0 and a slope above it: H is not 0 only where the ReLU counts as rising.
    const problem = problemOf({networks: 1, rows: 1, widths: [1, 1, 1], ownInputs: false, seed: 1}, 1);
    const thetas = Float32Array.of(0, 0, 1, 0.5);
    const product = productsOf({...problem, thetas, vectors: Float32Array.of(1, 1, 1, 0)});
    expect([...product]).toEqual([0, 0, 0, 0]);
  });

  it('has digits where the logit is far on either side', () => {
    // d² softplus(−z) = p (1 − p) by the bias, for an input of 0.
    for (const z of [-9, -1, 0, 2, 30, 80]) {
      const one = Float32Array.of(1);
      const [thetas, vectors] = [Float32Array.of(0, z), Float32Array.of(0, 1)];
      const data = {thetas, vectors, inputs: Float32Array.of(0), targets: one, weights: one};
      const shape = {networks: 1, rows: 1, widths: [1, 1], ownInputs: false, directions: 1};
      const [, product] = productsOf({...shape, ...data});
      const exact = Math.exp(-Math.abs(z)) / (1 + Math.exp(-Math.abs(z))) ** 2;
      // Where the example is missed, 1 − p is what rounding leaves of it.
      expect(Math.abs((product ?? 0) / exact - 1)).toBeLessThan(z < 0 ? 6e-8 / exact : 1e-6);
    }
  });

  it('shows that a network has diverged', () => {
    const problem = problemOf({networks: 1, rows: 7, widths: [2, 3, 1], ownInputs: false, seed: 2}, 1);
    const product = productsOf({...problem, thetas: problem.thetas.with(1, Number.NaN)});
    expect(product.at(-1)).toBeNaN();
  });

  it('takes products over no examples to be zero, and none of no vectors', () => {
    const nothing = {networks: 2, rows: 0, widths: [3, 5, 1], ownInputs: true, seed: 3};
    expect(productsOf(problemOf(nothing, 2))).toEqual(new Float32Array(4 * parametersOf(nothing.widths)));
    expect(productsOf(problemOf({...nothing, rows: 4}, 0))).toHaveLength(0);
  });

  it('says what fits when vectors, targets or outputs do not', () => {
    const call = (widths: readonly number[], vectors: tf.Tensor, targets: tf.Tensor): (() => unknown) => {
      const thetas = tf.zeros([1, parametersOf(widths)]);
      const [inputs, weights] = [tf.zeros([4, widths[0] ?? 0]), tf.zeros([1, 4])];
      return () =>
        tf
          .engine()
          .runKernel(
            'MlpLogisticHessian',
            {thetas, vectors, inputs, targets, weights},
            {widths: [...widths]},
          );
    };
    expect(call([2, 1], tf.zeros([1, 2, 4]), tf.zeros([1, 4]))).toThrow(
      'tfjs-kernels.MlpLogisticHessian: expected float32 vectors [1, D, 3], got float32 [1,2,4]',
    );
    expect(call([2, 1], tf.zeros([3]), tf.zeros([1, 4]))).toThrow('vectors [1, D, 3], got float32 [3]');
    expect(call([2, 1], tf.zeros([1, 2, 3]), tf.zeros([1, 3]))).toThrow(
      'expected float32 targets and weights [1, 4] and one output, got float32 [1,3] and 1 outputs',
    );
    expect(call([2, 2], tf.zeros([1, 2, 6]), tf.zeros([1, 4]))).toThrow('and 2 outputs');
  });
});
