/**
 * Against PyTorch in double precision (test/fixtures/make-normalized.py). Ours are in single precision, so numbers agree to some
 * 1e-6 of the largest among them.
 */
import {startBackend} from '@minefield/backend/node';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {TRAIN_COUNT, normalizedFixture} from '../../test/normalized-fixture.ts';
import {encodeLabels, trueLabelLogOdds} from '../log-odds.ts';
import type {LogitsPurpose, Model} from '../model.ts';
import {convNet} from './conv-net.ts';
import {resNet} from './res-net.ts';

const networks = {
  'small-conv-net': convNet({inputShape: [8, 8, 2], widths: [4, 6], strides: [1, 2], classes: 3}),
  'small-res-net': resNet({inputShape: [8, 8, 1], widths: [3, 4, 6], depth: 8, classes: 3}),
};

/** Largest difference, in units of the largest entry expected. */
function disagreement(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs));
  return (
    Math.max(...Array.from(expected, (value, i) => Math.abs(value - (actual[i] ?? Number.NaN)))) / largest
  );
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({name: backend, deterministic: true});
  });

  describe.each(Object.entries(networks))('%s', (name, model) => {
    const reference = normalizedFixture(name, model);
    const theta = () => tf.tensor2d(reference.theta, [1, reference.theta.length]);
    const images = () => tf.tensor(reference.inputs, [reference.labels.length, ...model.inputShape]);
    const logitsOf = (network: Model, purpose: LogitsPurpose) =>
      tf.tidy(() => network.logits(theta(), images(), purpose).dataSync());

    it.each(['values', 'gradient', 'any'] as const)('has the logits of PyTorch, for %s', (purpose) => {
      expect(disagreement(logitsOf(model.training, purpose), reference.training)).toBeLessThan(3e-6);
      expect(
        disagreement(logitsOf(model.frozen(reference.statistics), purpose), reference.frozen),
      ).toBeLessThan(3e-6);
    });

    it('has the moments of the batch that PyTorch normalises by', () => {
      const moments = tf.tidy(() => model.batchMoments(theta(), images()).dataSync());
      expect(disagreement(moments, reference.moments)).toBeLessThan(3e-6);
    });

    it.each(['gradient', 'any'] as const)('differentiates a loss through the moments, for %s', (purpose) => {
      const gradient = tf.tidy(() => {
        const labels = encodeLabels(reference.labels, model.outputs);
        const count = reference.labels.length;
        const [signs, weights] = [1, 2].map((row) =>
          tf.tensor1d(
            Float32Array.from({length: count}, (_, i) => {
              const trained = i < TRAIN_COUNT;
              if (row === 1) return trained ? -1 : 1;
              return trained ? 1 / TRAIN_COUNT : 0.7 / (count - TRAIN_COUNT);
            }),
          ),
        );
        const loss = (point: tf.Tensor): tf.Tensor => {
          const odds = trueLabelLogOdds(
            model.training.logits(point as tf.Tensor2D, images(), purpose),
            labels,
          );
          return tf.sum(tf.mul(tf.softplus(tf.mul(odds, signs as tf.Tensor)), weights as tf.Tensor));
        };
        return tf.grad(loss)(theta()).dataSync();
      });
      expect(disagreement(gradient, reference.gradient)).toBeLessThan(1e-5);
    });
  });
});
