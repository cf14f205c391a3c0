/**
 * Against PyTorch in double precision (test/fixtures/make-normalized.py). Ours are in single precision, so numbers agree to some
 * 1e-6 of the largest among them.
 */
import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {TRAIN_COUNT, normalizedFixture} from '../../test/normalized-fixture.ts';
import {encodeLabels, trueLabelLogOdds} from '../log-odds.ts';
import type {LogitsPurpose, Model} from '../model.ts';
import {objectiveFromModel} from '../objective-from-model.ts';
import {convNet} from './conv-net.ts';
import {statisticsFromState} from './pytorch-normalized-rules.ts';
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

describe.each(testedBackends)('on %s', (backend) => {
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

    it('multiplies with the Hessian that PyTorch has by differentiating twice', async () => {
      const objective = objectiveFromModel(model.frozen(reference.statistics), reference, {examples: 4});
      const product = await objective.hessianVector?.(reference.theta, reference.direction);
      expect(disagreement(product ?? [], reference.product)).toBeLessThan(1e-5);
    });

    it('has the moments of the batch that PyTorch normalizes by', () => {
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

describe('K networks', () => {
  const model = networks['small-conv-net'];
  const reference = normalizedFixture('small-conv-net', model);
  const [P, S] = [model.layout.dimension, model.statistics.dimension];
  /** Three networks: the fixture's and two beside it, with statistics of their own. */
  const scaled = (values: Float32Array) =>
    Float32Array.from([0.5, 1, 2].flatMap((factor) => [...values].map((value) => factor * value)));
  const [thetas, statistics] = [scaled(reference.theta), scaled(reference.statistics)];
  const inputs = () => tf.tensor(reference.inputs, [reference.labels.length, ...model.inputShape]);

  beforeAll(async () => {
    await startBackend({name: 'wasm', deterministic: true});
  });

  it.each(['values', 'gradient', 'any'] as const)(
    'have the bits that each has alone, with images of their own as well, for %s',
    (purpose) => {
      const whole = tf.tidy(() => {
        const points = tf.tensor2d(thetas, [3, P]);
        const own = tf.stack([inputs(), inputs(), inputs()]);
        return [model.training, model.frozen(statistics)].flatMap((network) =>
          [inputs(), own].map((images) => network.logits(points, images, purpose).dataSync()),
        );
      });
      for (let k = 0; k < 3; k++) {
        const alone = tf.tidy(() => {
          const point = tf.tensor2d(thetas.slice(k * P, (k + 1) * P), [1, P]);
          return [model.training, model.frozen(statistics.slice(k * S, (k + 1) * S))].map((network) =>
            network.logits(point, inputs(), purpose).dataSync(),
          );
        });
        const parts = whole.map((logits) =>
          logits.slice((k * logits.length) / 3, ((k + 1) * logits.length) / 3),
        );
        expect(parts).toEqual([alone[0], alone[0], alone[1], alone[1]]);
      }
    },
  );

  it('share statistics where there is one row of them, and need as many rows as networks otherwise', () => {
    tf.tidy(() => {
      const points = tf.tensor2d(thetas, [3, P]);
      const shared = model.frozen(reference.statistics).logits(points, inputs()).dataSync();
      const count = shared.length / 3;
      const middle = shared.slice(count, 2 * count);
      expect(disagreement(middle, reference.frozen)).toBeLessThan(3e-6);
      expect(() => model.frozen(statistics).logits(tf.slice(points, 0, 2), inputs())).toThrow(
        'expected 3 networks, one for each row of statistics, got 2',
      );
    });
    // Products with the Hessian are of one network.
    expect(model.frozen(statistics).logitsAlong).toBeUndefined();
    expect(() => model.frozen(statistics.slice(1))).toThrow(`expected statistics [${S}] or [K, ${S}]`);
  });
});

describe('architectures', () => {
  it('have the sizes that their authors give', () => {
    const size = (network: {layout: {dimension: number}}) => network.layout.dimension;
    expect(size(convNet({inputShape: [32, 32, 1], classes: 10}))).toBe(61_050);
    expect(size(convNet({inputShape: [32, 32, 3], classes: 10}))).toBe(61_338);
    // He et al. 2016, table 6: 0.27, 0.46 and 0.85 million.
    const depths = [20, 32, 56].map((depth) => size(resNet({inputShape: [32, 32, 3], classes: 10, depth})));
    expect(depths.map((count) => (count / 1e6).toFixed(2))).toEqual(['0.27', '0.46', '0.85']);
  });

  it('refuse what makes no network', () => {
    const inputShape = [8, 8, 1] as const;
    expect(() => convNet({inputShape, classes: 3, widths: []})).toThrow('at least one convolution');
    expect(() => convNet({inputShape, classes: 3, widths: [4, 4], strides: [1]})).toThrow('strides [1]');
    expect(() => resNet({inputShape, classes: 3, depth: 21})).toThrow(
      'expected a depth of 6n + 2 for 3 stages, got 21',
    );
    expect(() => resNet({inputShape, classes: 3, widths: [16, 8, 8]})).toThrow('never narrow');
  });
});

it('reads no state dict of another architecture', () => {
  const model = networks['small-conv-net'];
  expect(() => statisticsFromState(model, [{name: 'norm0/moving_mean', data: [1, 2, 3]}])).toThrow(
    'expected a tensor "norm0/moving_mean" of 4 numbers',
  );
});
