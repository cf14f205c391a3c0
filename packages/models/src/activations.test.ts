import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {ACTIVATIONS, type Activation, activationFunction} from './activations.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** ½ + ∫ φ from 0 to x, by Simpson's rule, exact to 1e-12 over this range. */
function normalShare(x: number): number {
  const parts = 2000;
  const step = x / parts;
  let sum = 0;
  for (let i = 0; i <= parts; i++) {
    const weight = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((i * step) ** 2) / 2);
  }
  return 0.5 + (sum * step) / 3 / Math.sqrt(2 * Math.PI);
}

/** Each function in float64, as its definition has it. */
const references: Readonly<Record<Activation, (x: number) => number>> = {
  relu: (x) => Math.max(0, x),
  'leaky-relu': (x) => (x > 0 ? x : 0.01 * x),
  tanh: Math.tanh,
  sigmoid,
  gelu: (x) => x * normalShare(x),
  silu: (x) => x * sigmoid(x),
  softplus: (x) => Math.log1p(Math.exp(x)),
};

/** Singles from −6 to 6, none of them 0, where ReLUs have no slope. */
const points = Float32Array.from({length: 49}, (_, i) => (i - 24) / 4 + 0.03);

/** By differences of fourth order. */
function derivative(f: (x: number) => number): (x: number) => number {
  const h = 1e-3;
  return (x) => (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

/** Largest difference from the reference over all points. */
function errorOf(actual: tf.Tensor, reference: (x: number) => number): number {
  const values = actual.dataSync();
  return Math.max(...Array.from(points, (x, i) => Math.abs((values[i] ?? Number.NaN) - reference(x))));
}

describe.each(testedBackends)('on %s', (name) => {
  beforeAll(async () => {
    await startBackend({name, deterministic: true});
  });

  it.each(ACTIVATIONS)(
    '%s is itself, and so are its two derivatives, however they are found',
    (activation) => {
      const {value, slope} = activationFunction(activation);
      const f = references[activation];
      const first = derivative(f);
      // Second differences of float64 over 1e-3 keep eight digits.
      const second = derivative(first);
      const x = tf.tensor1d(points);
      // The erf of TensorFlow.js is good to 1.5e-7, which x multiplies.
      expect(errorOf(value(x), f)).toBeLessThan(1e-6);
      expect(errorOf(slope(x), first)).toBeLessThan(1e-6);
      expect(errorOf(tf.grad((at) => tf.sum(value(at)))(x), first)).toBeLessThan(1e-6);
      expect(errorOf(tf.grad((at) => tf.sum(slope(at)))(x), second)).toBeLessThan(1e-6);
      // Nested, TensorFlow.js gets it right as well, for the slope is computed from the input.
      const nested = tf.grad((at) => tf.sum(tf.grad((input) => tf.sum(value(input)))(at)));
      if (!activation.endsWith('relu')) expect(errorOf(nested(x), second)).toBeLessThan(1e-6);
    },
  );

  it.each(ACTIVATIONS)('%s and its derivatives are finite far out', (activation) => {
    const {value, slope} = activationFunction(activation);
    const x = tf.tensor1d([-1e4, -100, 100, 1e4]);
    for (const f of [value, slope]) {
      for (const tensor of [f(x), tf.grad((at) => tf.sum(f(at)))(x)])
        expect([...tensor.dataSync()].every(Number.isFinite)).toBe(true);
    }
  });

  // Where float32 has 1 for the sigmoid and for tanh; what is left out of each slope is below 1e-8 of it.
  it.each([
    ['tanh', 12, 4 * Math.exp(-24)],
    ['tanh', -12, 4 * Math.exp(-24)],
    ['sigmoid', 20, Math.exp(-20)],
    ['sigmoid', -20, Math.exp(-20)],
    ['silu', -20, -19 * Math.exp(-20)],
    ['softplus', -20, Math.exp(-20)],
  ] as const)('the slope of %s keeps its digits at %i', (activation, x, exact) => {
    const [single = 0] = activationFunction(activation)
      .slope(tf.tensor1d([x]))
      .dataSync();
    expect(single / exact).toBeCloseTo(1, 5);
  });
});
