import {InputError} from '@minefield/core';
import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {crossEntropy, crossEntropySlope, encodeLabels, isCorrect, poisonCrossEntropy} from './log-odds.ts';

/** [logits, label, −log p_y, −log(1 − p_y)], worked out by hand in float64; both ends lie beyond float32's exp. */
const cases: readonly (readonly [readonly number[], number, number, number])[] = [
  [[0], 1, Math.LN2, Math.LN2],
  [[3], 1, Math.log1p(Math.exp(-3)), Math.log1p(Math.exp(3))],
  [[3], 0, Math.log1p(Math.exp(3)), Math.log1p(Math.exp(-3))],
  [[200], 1, 0, 200],
  [[-200], 1, 200, 0],
  [[0, 0, 0, 0], 2, Math.log(4), Math.log(4 / 3)],
  [
    [1, 2, 3],
    2,
    Math.log(Math.E + Math.E ** 2 + Math.E ** 3) - 3,
    Math.log1p(Math.E ** 3 / (Math.E + Math.E ** 2)),
  ],
  [[500, 0, 0], 0, 0, 500 - Math.LN2],
  [[-500, 0, 0], 0, 500 + Math.LN2, 0],
];

describe.each(testedBackends)('on %s', (name) => {
  beforeAll(async () => {
    await startBackend({name, deterministic: true});
  });

  it.each(cases)('of logits %j and label %i is %f, and %f for poison', (logits, label, natural, poisoned) => {
    const tensor = tf.tensor3d([...logits], [1, 1, logits.length]);
    const labels = encodeLabels([label], logits.length);
    const [clean] = crossEntropy(tensor, labels).dataSync();
    const [poison] = poisonCrossEntropy(tensor, labels).dataSync();
    expect(clean).toBeCloseTo(natural, 4);
    expect(poison).toBeCloseTo(poisoned, 4);
  });

  it('keeps small probabilities: −log(1 − p) of p = e⁻²⁰ is p, not zero', () => {
    const [poison = 0] = poisonCrossEntropy(tf.tensor3d([-20], [1, 1, 1]), encodeLabels([1], 1)).dataSync();
    expect(poison / Math.exp(-20)).toBeCloseTo(1, 4);
  });

  it('keeps the digits of the slope and of its derivative where the loss is 1e-8, along any direction', () => {
    const [z, along] = [
      [18.5, -0.5, 0],
      [0.3, 1, -2],
    ] as const;
    const labels = encodeLabels([0], 3);
    const change = tf.tensor3d([...along], [1, 1, 3]);
    const logits = tf.tensor3d([...z], [1, 1, 3]);
    const slope = crossEntropySlope(logits, labels).dataSync();
    const second = tf
      .grad((point) => tf.sum(tf.mul(crossEntropySlope(point as tf.Tensor3D, labels), change)))(logits)
      .dataSync();
    // In float64: p_1 and p_2 are small and exact, and H v = p ∘ (v − p·v).
    const weights = z.map((value) => Math.exp(value - z[0]));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const [, p1 = 0, p2 = 0] = weights.map((weight) => weight / total);
    const mean = along[0] * (1 - p1 - p2) + along[1] * p1 + along[2] * p2;
    const expected = {
      slope: [-(p1 + p2), p1, p2],
      second: [
        (1 - p1 - p2) * (p1 * (along[0] - along[1]) + p2 * (along[0] - along[2])),
        p1 * (along[1] - mean),
        p2 * (along[2] - mean),
      ],
    };
    for (const [i, value] of expected.slope.entries()) expect((slope[i] ?? 0) / value).toBeCloseTo(1, 4);
    for (const [i, value] of expected.second.entries()) expect((second[i] ?? 0) / value).toBeCloseTo(1, 4);
  });

  it('has the slope that TensorFlow.js finds by the logits: probabilities less the label', () => {
    for (const [values, outputs] of [
      [[2, -1, 0.5], 1],
      [[1, 2, 3, -4, 0, 5, 7, 7, 7], 3],
    ] as const) {
      const logits = tf.tensor3d([...values], [1, 3, outputs]);
      const labels = encodeLabels([1, 0, 1], outputs);
      const expected = tf
        .grad((z) => tf.sum(crossEntropy(z as tf.Tensor3D, labels)))(logits)
        .dataSync();
      const slope = crossEntropySlope(logits, labels).dataSync();
      for (const [i, value] of expected.entries()) expect(slope[i]).toBeCloseTo(value, 5);
    }
  });

  it('has finite gradients at both ends', () => {
    const logits = tf.tensor3d([300, 0, -300, -300, 0, 300], [1, 2, 3]);
    const labels = encodeLabels([0, 0], 3);
    for (const loss of [crossEntropy, poisonCrossEntropy]) {
      const values = tf
        .grad((z) => tf.sum(loss(z as tf.Tensor3D, labels)))(logits)
        .dataSync();
      expect([...values].every(Number.isFinite)).toBe(true);
    }
  });

  it.each([0, 1, 2])('counts rows with NaN as wrong, whatever their label (%i)', (label) => {
    const rows = [
      [Number.NaN, Number.NaN, Number.NaN],
      [1, 1, 1].map((value, i) => (i === label ? value : Number.NaN)),
      [1, 1, 1].map((value, i) => (i === label ? Number.NaN : value)),
    ];
    const labels = encodeLabels([label, label, label], 3);
    expect([...isCorrect(tf.tensor3d([rows]), labels).dataSync()]).toEqual([0, 0, 0]);
    const one = tf.tensor3d([Number.NaN], [1, 1, 1]);
    expect([...isCorrect(one, encodeLabels([label % 2], 1)).dataSync()]).toEqual([0]);
  });

  it('counts a prediction as correct where the label has the largest logit', () => {
    const logits = tf.tensor3d([1, 2, 3, 3, 2, 1], [1, 2, 3]);
    expect([...isCorrect(logits, encodeLabels([2, 2], 3)).dataSync()]).toEqual([1, 0]);
    expect([
      ...isCorrect(tf.tensor3d([0.5, 0.5, 0], [1, 3, 1]), encodeLabels([1, 0, 1], 1)).dataSync(),
    ]).toEqual([1, 0, 0]);
  });
});

it.each([
  [1, 2],
  [3, 3],
  [3, -1],
  [3, 0.5],
  [3, Number.NaN],
])('has for %i outputs no label %d', (outputs, label) => {
  expect(() => encodeLabels([0, label], outputs)).toThrow(
    new InputError(
      `models.encodeLabels: expected labels in 0..${Math.max(2, outputs) - 1}, got ${label} at 1`,
    ),
  );
});
