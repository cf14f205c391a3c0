import * as tf from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {largestError, randomValues, startWasm} from '../test/backends.ts';
import {type Optimizer, optimizerStep, slotCount} from './optimizer-step.ts';
import {unregisterKernels} from './register-kernels.ts';

const optimizers: readonly Optimizer[] = [
  {name: 'adam'},
  {name: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-3},
  {name: 'momentum'},
  {name: 'momentum', momentum: 0},
  {name: 'rmsprop'},
  {name: 'rmsprop', decay: 0.5, epsilon: 0.1},
];

/** Three steps down Σ (θ − 1)², from the same start. */
function steps(optimizer: Optimizer, shape: [number, number]): Float32Array {
  const values = tf.tidy(() => {
    let theta = tf.tensor2d(randomValues(shape[0] * shape[1], 3), shape);
    let slots: readonly tf.Tensor2D[] = Array.from({length: slotCount(optimizer)}, () =>
      tf.zeros<tf.Rank.R2>(shape),
    );
    for (let step = 0; step < 3; step++) {
      const gradient: tf.Tensor2D = tf.mul(tf.sub(theta, 1), 2);
      ({theta, slots} = optimizerStep(optimizer, theta, slots, gradient, 0.1, step));
    }
    return tf.concat([theta, ...slots]);
  });
  const result = Float32Array.from(values.dataSync());
  values.dispose();
  return result;
}

/** The same in float64, formula by formula. */
function reference(optimizer: Optimizer, start: Float32Array): Float64Array {
  const theta = Float64Array.from(start);
  const [m, v] = [new Float64Array(start.length), new Float64Array(start.length)];
  for (let step = 1; step <= 3; step++) {
    theta.forEach((value, i) => {
      const g = 2 * (value - 1);
      if (optimizer.name === 'adam') {
        const {beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8} = optimizer;
        m[i] = beta1 * (m[i] ?? 0) + (1 - beta1) * g;
        v[i] = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g;
        const corrected = (m[i] ?? 0) / (1 - beta1 ** step);
        theta[i] = value - (0.1 * corrected) / (Math.sqrt((v[i] ?? 0) / (1 - beta2 ** step)) + epsilon);
      } else if (optimizer.name === 'momentum') {
        m[i] = (optimizer.momentum ?? 0.9) * (m[i] ?? 0) + g;
        theta[i] = value - 0.1 * (m[i] ?? 0);
      } else {
        const {decay = 0.9, epsilon = 1e-8} = optimizer;
        m[i] = decay * (m[i] ?? 0) + (1 - decay) * g * g;
        theta[i] = value - (0.1 * g) / (Math.sqrt(m[i] ?? 0) + epsilon);
      }
    });
  }
  return Float64Array.of(...theta, ...m, ...(optimizer.name === 'adam' ? v : []));
}

describe.each(optimizers)('%j', (optimizer) => {
  it('follows its formulae', async () => {
    await startWasm();
    expect(largestError(steps(optimizer, [3, 7]), reference(optimizer, randomValues(21, 3)))).toBeLessThan(
      2e-6,
    );
  });

  it('has the bits of the same step composed of stock operations', async () => {
    for (const deterministic of [false, true]) {
      await startWasm({deterministic});
      const ours = steps(optimizer, [5, 13]);
      unregisterKernels();
      expect(steps(optimizer, [5, 13])).toEqual(ours);
    }
  });

  it('moves each element by itself, so that NaN in one leaves the others alone', async () => {
    await startWasm();
    tf.tidy(() => {
      const [theta, gradient] = [
        tf.ones([1, 9]),
        tf.tensor2d([1, 2, Number.NaN, 3, 4, Infinity, 5, 6, 7], [1, 9]),
      ];
      const zeros = Array.from({length: slotCount(optimizer)}, () => tf.zeros([1, 9]));
      const moved = [...optimizerStep(optimizer, theta, zeros, gradient, 0.1, 0).theta.dataSync()];
      expect(moved.map(Number.isFinite).flatMap((finite, i) => (finite ? [] : [i]))).toEqual([2, 5]);
    });
  });

  it('leaves no tensors but those that it returns', async () => {
    await startWasm();
    const before = tf.memory().numTensors;
    steps(optimizer, [2, 3]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('lets the averages of an idle parameter fade to zero rather than to subnormal numbers', async () => {
  const idle = (): Float32Array => {
    const values = tf.tidy(() => {
      let theta = tf.ones([4]);
      let slots: readonly tf.Tensor[] = [tf.mul(tf.ones([4]), 1e-20), tf.mul(tf.ones([4]), 1e-29)];
      const gradient = tf.tensor1d([0, 1e-20, -4e-16, 1e-12]);
      for (let step = 0; step < 600; step++)
        ({theta, slots} = optimizerStep({name: 'adam'}, theta, slots, gradient, 0.1, 1e6));
      return tf.concat([theta, ...slots]);
    });
    return Float32Array.from(values.dataSync());
  };
  await startWasm();
  const ours = idle();
  expect([ours[4], ours[8] === 0, ours[9] === 0, ours[10] === 0]).toEqual([0, false, false, false]);
  expect([...ours].every((value) => value === 0 || Math.abs(value) >= 2 ** -100)).toBe(true);
  unregisterKernels();
  expect(idle()).toEqual(ours);
});

it('names the shapes when they differ', async () => {
  await startWasm();
  tf.tidy(() => {
    expect(() => optimizerStep({name: 'adam'}, tf.ones([2]), [tf.ones([2])], tf.ones([2]), 1, 0)).toThrow(
      'expected 2 slots of shape [2] for adam, got shapes [2]',
    );
  });
});

it.each<[says: string, optimizer: object]>([
  ['expected an optimizer among adam, momentum, rmsprop, got "sgd"', {name: 'sgd'}],
  ['expected an optimizer among adam, momentum, rmsprop, got "undefined"', {}],
  ['expected options among name, momentum, got "momentun"', {name: 'momentum', momentun: 0.5}],
  ['expected options among name, decay, epsilon, got "rho"', {name: 'rmsprop', rho: 0.5}],
])('refuses an optimizer that it does not know: %s', async (says, unknown) => {
  await startWasm();
  const optimizer = unknown as Optimizer;
  tf.tidy(() => {
    const one = tf.ones([2]);
    expect(() => optimizerStep(optimizer, one, [one], one, 1, 0)).toThrow(
      `tfjs-kernels.optimizerStep: ${says}`,
    );
  });
});
