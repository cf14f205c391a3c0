import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {tangentOf} from './tangent-of.ts';

/** No kink of any function below is nearer than a tenth. */
const POINTS = [-2.6, -1.4, -0.7, -0.2, 0.3, 0.6, 1.3, 2.2, 6.4];
const DIRECTION = POINTS.map((_, i) => Math.cos(i));

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
/** Abramowitz and Stegun 7.1.5 and 7.1.14: a series near zero, a continued fraction beyond. */
const erf = (x: number): number => {
  if (Math.abs(x) > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (Math.abs(x) + fraction);
    return Math.sign(x) * (1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (Math.abs(x) + fraction));
  }
  let [term, sum] = [x, x];
  for (let k = 1; k < 80; k++) {
    term *= -(x * x) / k;
    sum += term / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};

const functions: readonly (readonly [string, (x: tf.Tensor) => tf.Tensor, (x: number) => number])[] = [
  ['abs', tf.abs, Math.abs],
  ['clip', (x) => tf.clipByValue(x, -1, 2), (x) => Math.min(2, Math.max(-1, x))],
  ['cos', tf.cos, Math.cos],
  ['elu', tf.elu, (x) => (x > 0 ? x : Math.expm1(x))],
  ['erf', tf.erf, erf],
  ['exp', tf.exp, Math.exp],
  ['leaky ReLU', (x) => tf.leakyRelu(x, 0.3), (x) => (x > 0 ? x : 0.3 * x)],
  ['log', (x) => tf.log(tf.square(x)), (x) => Math.log(x * x)],
  ['log of one more', (x) => tf.log1p(tf.square(x)), (x) => Math.log1p(x * x)],
  ['maximum', (x) => tf.maximum(x, tf.mul(x, x)), (x) => Math.max(x, x * x)],
  ['minimum', (x) => tf.minimum(x, tf.mul(x, x)), (x) => Math.min(x, x * x)],
  ['power', (x) => tf.pow(x, 3), (x) => x ** 3],
  ['power of a number', (x) => tf.pow(1.7, x), (x) => 1.7 ** x],
  ['quotient', (x) => tf.div(x, tf.add(1, tf.square(x))), (x) => x / (1 + x * x)],
  ['reciprocal', tf.reciprocal, (x) => 1 / x],
  ['ReLU', tf.relu, (x) => Math.max(0, x)],
  ['ReLU6', tf.relu6, (x) => Math.min(6, Math.max(0, x))],
  ['reciprocal root', (x) => tf.rsqrt(tf.add(1, tf.square(x))), (x) => 1 / Math.hypot(1, x)],
  ['SELU', tf.selu, (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))],
  ['sigmoid', tf.sigmoid, logistic],
  ['sin', tf.sin, Math.sin],
  ['softplus', tf.softplus, (x) => Math.log1p(Math.exp(x))],
  ['root', (x) => tf.sqrt(tf.add(1, tf.square(x))), (x) => Math.hypot(1, x)],
  ['squared difference', (x) => tf.squaredDifference(x, tf.sin(x)), (x) => (x - Math.sin(x)) ** 2],
  ['tanh', tf.tanh, Math.tanh],
  [
    'where',
    (x) => tf.where(tf.greater(tf.tensor1d(POINTS), 1), tf.square(x), tf.exp(x)),
    (x) => (x > 1 ? x * x : Math.exp(x)),
  ],
  [
    'a gradient of its own',
    (x) => tf.customGrad((y) => ({value: tf.square(y as tf.Tensor), gradFunc: (dy: tf.Tensor) => dy}))(x),
    (x) => x * x,
  ],
];

describe.each(testedBackends)('on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({name: backend, deterministic: true});
  });

  it.each(functions)('%s: both derivatives are those of the function in float64', (_, operation, exact) => {
    const step = 1e-4;
    const before = tf.memory().numTensors;
    const kept: tf.Tensor[] = [];
    const [x, v] = [tf.tensor1d(POINTS), tf.tensor1d(DIRECTION)];
    const {value, grads} = tf.valueAndGrads((...tensors: tf.Tensor[]) =>
      tf.sum(tangentOf(tensors, [v], () => operation(tensors[0] as tf.Tensor), kept)),
    )([x]);
    const slopes = POINTS.map((point) => (exact(point + step) - exact(point - step)) / (2 * step));
    const bends = POINTS.map(
      (point) => (exact(point + step) - 2 * exact(point) + exact(point - step)) / step ** 2,
    );
    const total = slopes.reduce((sum, slope, i) => sum + slope * (DIRECTION[i] ?? 0), 0);
    expect(Math.abs((value.dataSync()[0] ?? Number.NaN) - total)).toBeLessThan(
      1e-5 * (1 + Math.hypot(...slopes)),
    );
    grads[0]?.dataSync().forEach((bend, i) => {
      expect(Math.abs(bend - (bends[i] ?? Number.NaN) * (DIRECTION[i] ?? 0))).toBeLessThan(
        1e-5 * (1 + Math.hypot(...bends)),
      );
    });
    tf.dispose([x, v, value, grads, kept]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is told where nobody knows the tangent of a kernel, and the engine is as it was', () => {
    const engine = tf.engine();
    const x = tf.tensor1d([1, 2, 3]);
    expect(() => tf.tidy(() => tangentOf([x], [x], () => tf.cumprod(x), []))).toThrow('got Cumprod');
    expect(Object.hasOwn(engine, 'runKernel')).toBe(false);
    expect(Object.hasOwn(engine, 'customGrad')).toBe(false);
    x.dispose();
  });
});
