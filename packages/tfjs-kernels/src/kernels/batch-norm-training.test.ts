import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, sets, startWasm} from '../../test/backends.ts';

const EPSILON = 1e-3;

interface Case {
  readonly rows: number;
  readonly channels: number;
  readonly rectified: boolean;
  readonly seed: number;
}

const cases = fc.record({
  // Of a handful of rows hardly anything is left once mean and spread are gone: all digits would be rounding.
  rows: fc.oneof(fc.integer({min: 16, max: 33}), fc.constantFrom(255, 256, 257, 600)),
  channels: fc.constantFrom(4, 8, 12, 20),
  rectified: fc.boolean(),
  seed: fc.integer({min: 0, max: 1e6}),
});

/** What goes in: values whose channels have means and spreads of their own. */
function operands({rows, channels, seed}: Case) {
  const x = randomValues(rows * channels, seed).map(
    (value, i) => (value + (i % channels)) * (1 + (i % channels)),
  );
  return {
    x,
    dy: randomValues(rows * channels, seed + 1),
    scale: randomValues(channels, seed + 2),
    offset: randomValues(channels, seed + 3),
  };
}

/** The formulae in float64, and the gradients by the chain rule written out. */
function reference({rows, channels, rectified}: Case, {x, dy, scale, offset}: ReturnType<typeof operands>) {
  const value = new Float64Array(x.length);
  const dx = new Float64Array(x.length);
  const [means, variances, dScale, dOffset] = [0, 1, 2, 3].map(() => new Float64Array(channels));
  if (means === undefined || variances === undefined || dScale === undefined || dOffset === undefined)
    throw new Error('unreachable');
  for (let c = 0; c < channels; c++) {
    const places = Array.from({length: rows}, (_, row) => row * channels + c);
    const average = (of: (i: number) => number): number => places.reduce((sum, i) => sum + of(i), 0) / rows;
    const mean = average((i) => x[i] ?? 0);
    const variance = average((i) => ((x[i] ?? 0) - mean) ** 2);
    const deviation = Math.sqrt(variance + EPSILON);
    const normalized = (i: number): number => ((x[i] ?? 0) - mean) / deviation;
    const [gamma, beta] = [scale[c] ?? 0, offset[c] ?? 0];
    for (const i of places) value[i] = Math.max(rectified ? 0 : -Infinity, normalized(i) * gamma + beta);
    const slope = (i: number): number => (!rectified || (value[i] ?? 0) > 0 ? (dy[i] ?? 0) : 0);
    const [share, tilt] = [average(slope), average((i) => slope(i) * normalized(i))];
    for (const i of places) dx[i] = (gamma / deviation) * (slope(i) - share - normalized(i) * tilt);
    [means[c], variances[c], dScale[c], dOffset[c]] = [mean, variance, rows * tilt, rows * share];
  }
  return {value, means, variances, dx, dScale, dOffset};
}

/** Both kernels on the same operands. */
function run(shape: readonly number[], rectified: boolean, given: ReturnType<typeof operands>) {
  const attrs = {varianceEpsilon: EPSILON, rectified};
  return tf.tidy(() => {
    const [x, dy] = [given.x, given.dy].map((values) => tf.tensor(values, [...shape]));
    const [scale, offset] = [tf.tensor1d(given.scale), tf.tensor1d(given.offset)];
    if (x === undefined || dy === undefined) throw new Error('unreachable');
    const forward = tf.engine().runKernel<tf.Tensor[]>('BatchNormTraining', {x, scale, offset}, attrs);
    const [y, mean, variance] = forward;
    if (y === undefined || mean === undefined || variance === undefined)
      throw new Error('outputs are missing');
    const backward = tf
      .engine()
      .runKernel<tf.Tensor[]>('BatchNormTrainingGradient', {x, dy, mean, variance, scale, offset}, attrs);
    expect([...forward, ...backward].map((tensor) => tensor.shape)).toEqual([
      shape,
      scale.shape,
      scale.shape,
      shape,
      scale.shape,
      scale.shape,
    ]);
    const [value, means, variances, dx, dScale, dOffset] = [...forward, ...backward].map((tensor) =>
      Float32Array.from(tensor.dataSync()),
    );
    return {value, means, variances, dx, dScale, dOffset};
  });
}

function nearZero(value: Float64Array, given: Case, operand: ReturnType<typeof operands>): boolean {
  const plain = given.rectified ? reference({...given, rectified: false}, operand).value : value;
  return plain.some((entry) => Math.abs(entry) < 1e-4);
}

describe.each(sets)('with %s', (_set, options) => {
  beforeAll(() => startWasm(options));

  it('normalizes, rectifies and differentiates as the formulae say in float64', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const operand = operands(given);
        const expected = reference(given, operand);
        // A value within rounding of 0 may fall on either side of the ReLU.
        fc.pre(!given.rectified || !nearZero(expected.value, given, operand));
        const actual = run([given.rows, given.channels], given.rectified, operand);
        for (const name of ['value', 'means', 'variances', 'dx', 'dScale', 'dOffset'] as const) {
          const scale = Math.max(1, ...Array.from(expected[name], Math.abs));
          // Means of up to thirty spreads cost as many roundings, in each of hundreds of terms.
          expect(largestError(actual[name] ?? [], expected[name]) / scale, name).toBeLessThan(1e-4);
        }
      }),
      {numRuns: runs},
    );
  });

  it('takes all dimensions but the last as rows, and gives the bits of the same rows', () => {
    const given = {rows: 60, channels: 8, rectified: true, seed: 5};
    const operand = operands(given);
    expect(Object.values(run([3, 4, 5, 8], true, operand))).toEqual(
      Object.values(run([60, 8], true, operand)),
    );
  });

  it('keeps the digits of a small spread around a large mean', () => {
    const x = randomValues(4000, 1).map((value) => 1000 + value);
    const {variances} = run([1000, 4], false, {
      ...operands({rows: 1000, channels: 4, rectified: false, seed: 1}),
      x,
    });
    const rows = Array.from({length: 1000}, (_, row) => x[4 * row] ?? 0);
    const mean = rows.reduce((sum, value) => sum + value, 0) / 1000;
    const variance = rows.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 1000;
    expect((variances?.[0] ?? 0) / variance).toBeCloseTo(1, 4);
  });

  it('refuses channels that do not come in fours', () => {
    const operand = operands({rows: 8, channels: 6, rectified: true, seed: 1});
    expect(() => run([8, 6], true, operand)).toThrow('expected channels in fours, got 6');
  });

  it('lets NaN through, so that a network that diverges shows it', () => {
    const operand = operands({rows: 8, channels: 4, rectified: true, seed: 1});
    const x = operand.x.map((value, i) => (i === 4 ? Number.NaN : value));
    const {value, dx} = run([8, 4], true, {...operand, x});
    for (let row = 0; row < 8; row++) {
      expect([value?.[4 * row], dx?.[4 * row]]).toEqual([Number.NaN, Number.NaN]);
      expect(value?.[4 * row + 1]).not.toBeNaN();
    }
  });
});
