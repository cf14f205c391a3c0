import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, sets, startWasm, valuesOn} from '../../test/backends.ts';

const length = fc.oneof(fc.integer({min: 1, max: 9}), fc.constantFrom(0, 15, 16, 17, 33));
const sharedAxis = fc.tuple(length, fc.constantFrom('both', 'both', 'a', 'b'));

const pairs = fc.record({
  axes: fc.array(sharedAxis, {maxLength: 4}),
  leading: fc.integer({min: 0, max: 2}),
  operation: fc.constantFrom('add' as const, 'sub' as const, 'mul' as const, 'div' as const),
  seed: fc.integer({min: 0, max: 1e6}),
});

function combine(operation: 'add' | 'sub' | 'mul' | 'div', a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  switch (operation) {
    case 'add':
      return tf.add(a, b);
    case 'sub':
      return tf.sub(a, b);
    case 'mul':
      return tf.mul(a, b);
    case 'div':
      return tf.div(a, b);
  }
}

function random(shape: number[], seed: number): tf.Tensor {
  return tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
}

const reductions = fc.record({
  shape: fc.array(fc.oneof(fc.integer({min: 1, max: 7}), fc.constantFrom(0, 15, 16, 17, 40)), {
    minLength: 1,
    maxLength: 4,
  }),
  picks: fc.array(fc.boolean(), {minLength: 4, maxLength: 4}),
  keepDims: fc.boolean(),
  mean: fc.boolean(),
  seed: fc.integer({min: 0, max: 1e6}),
});

describe.each(sets)('with %s', (_set, options) => {
  beforeAll(() => startWasm(options));

  it('adds, subtracts, multiplies and divides with the bits of the CPU backend, whatever broadcasts', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({axes, leading, operation, seed}) => {
        const aShape = axes.map(([size, own]) => (own === 'b' ? 1 : size));
        // The second operand may leave out leading dimensions.
        const bShape = axes.map(([size, own]) => (own === 'a' ? 1 : size)).slice(leading);
        const compute = (): tf.Tensor => combine(operation, random(aShape, seed), random(bShape, seed + 1));
        expect(await valuesOn('wasm', compute)).toEqual(await valuesOn('cpu', compute));
      }),
      {numRuns: 2 * runs},
    );
  });

  it('keeps IEEE rules for NaN, infinities and division by zero', async () => {
    const special = [0, -0, 1, -1, Infinity, -Infinity, Number.NaN, 1e-40, 3e38];
    for (const operation of ['add', 'sub', 'mul', 'div'] as const) {
      const compute = (): tf.Tensor =>
        combine(operation, tf.tensor2d(special, [9, 1]), tf.tensor2d(special, [1, 9]));
      expect(await valuesOn('wasm', compute)).toEqual(await valuesOn('cpu', compute));
    }
  });

  it('leaves integers to the stock kernels', async () => {
    const compute = (): tf.Tensor => tf.mul(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([2, 2, 2], 'int32'));
    expect([...(await valuesOn('wasm', compute))]).toEqual([2, 4, 6]);
  });

  it('sums and averages over any axes as the CPU backend does', async () => {
    await fc.assert(
      fc.asyncProperty(reductions, async ({shape, picks, keepDims, mean, seed}) => {
        const axes = shape.map((_, i) => i).filter((i) => picks[i]);
        const reduce = mean ? tf.mean : tf.sum;
        const compute = (): tf.Tensor => reduce(random(shape, seed), axes, keepDims);
        const count = axes.reduce((product, i) => product * (shape[i] ?? 1), 1);
        // The CPU backend gives no mean of nothing.
        fc.pre(!mean || count > 0);
        const [actual, expected] = [await valuesOn('wasm', compute), await valuesOn('cpu', compute)];
        expect(largestError(actual, expected)).toBeLessThanOrEqual(
          1e-6 * (1 + Math.sqrt(count)) + 1e-7 * count,
        );
      }),
      {numRuns: 2 * runs},
    );
  });

  it('sums nothing to zero and averages it to NaN, also over axes with others between', async () => {
    for (const keepDims of [false, true]) {
      const sums = await valuesOn('wasm', () => tf.sum(tf.zeros([2, 3, 0]), [0, 2], keepDims));
      const means = await valuesOn('wasm', () => tf.mean(tf.zeros([0, 2]), 0, keepDims));
      expect([[...sums], [...means]]).toEqual([
        [0, 0, 0],
        [Number.NaN, Number.NaN],
      ]);
    }
  });

  it.each([
    [[100_003], [0]],
    [[70_001, 16], [0]],
    [[3, 5000, 21], [1]],
    [[3, 9000], [1]],
  ] as const)(
    'sums %j over %j with an error that hardly grows with the number of terms',
    async (shape, axes) => {
      const values = randomValues(tf.util.sizeFromShape([...shape]), 7).map((value) => value + 0.5);
      const actual = await valuesOn('wasm', () => tf.sum(tf.tensor(values, [...shape]), [...axes]));
      const [axis = 0] = axes;
      const inner = tf.util.sizeFromShape(shape.slice(axis + 1));
      const count = shape[axis] ?? 0;
      const expected = new Float64Array(actual.length);
      values.forEach((value, i) => {
        const to = Math.floor(i / (inner * count)) * inner + (i % inner);
        expected[to] = (expected[to] ?? 0) + value;
      });
      // Sums are about count / 2. Two levels of some hundred additions round to within tens of units in the last place; a
      // running sum of 100,003 terms would be off by thousands.
      expect(largestError(actual, expected)).toBeLessThanOrEqual((count / 2) * 32 * 2 ** -24);
    },
  );

  it('gives a sum the same bits beside other sums', async () => {
    for (const [shape, axis] of [
      [[1, 301], 1],
      [[1, 301, 21], 1],
    ] as const) {
      const alone = await valuesOn('wasm', () => tf.sum(random([...shape], 3), axis));
      const beside = await valuesOn('wasm', () =>
        tf.sum(tf.concat([tf.ones([...shape]), random([...shape], 3)]), axis),
      );
      expect(beside.slice(alone.length)).toEqual(alone);
    }
  });

  it('tiles as the CPU backend does', async () => {
    const tilings = fc.array(fc.tuple(fc.integer({min: 0, max: 4}), fc.integer({min: 1, max: 4})), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(tilings, async (axes) => {
        const compute = (): tf.Tensor =>
          tf.tile(
            random(
              axes.map(([size]) => size),
              1,
            ),
            axes.map(([, reps]) => reps),
          );
        expect(await valuesOn('wasm', compute)).toEqual(await valuesOn('cpu', compute));
      }),
      {numRuns: runs},
    );
  });

  it('normalizes batches as the CPU backend does', async () => {
    const batches = fc.record({
      rows: fc.integer({min: 0, max: 9}),
      channels: fc.integer({min: 1, max: 21}),
      offset: fc.boolean(),
      scale: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(batches, async ({rows, channels, offset, scale}) => {
        const compute = (): tf.Tensor => {
          const row = (seed: number): tf.Tensor1D => random([channels], seed) as tf.Tensor1D;
          return tf.batchNorm(
            random([rows, 2, 2, channels], 1),
            row(2),
            tf.add(row(3), 1) as tf.Tensor1D,
            offset ? row(4) : undefined,
            scale ? row(5) : undefined,
            0.01,
          );
        };
        const [actual, expected] = [await valuesOn('wasm', compute), await valuesOn('cpu', compute)];
        // Up to 2 · scale / √0.01, rounded a few times.
        expect(largestError(actual, expected)).toBeLessThanOrEqual(1e-5);
      }),
      {numRuns: runs},
    );
  });

  it('shares the values of a clone, which outlive the original', async () => {
    await tf.setBackend('wasm');
    const before = tf.engine().backend.numDataIds();
    const original = tf.tensor1d([1, 2, 3]);
    const [clone, cast] = [tf.clone(original), tf.cast(original, 'float32')];
    original.dispose();
    tf.tensor1d([7, 8, 9]).dispose();
    expect([...clone.dataSync(), ...cast.dataSync()]).toEqual([1, 2, 3, 1, 2, 3]);
    tf.dispose([clone, cast]);
    expect(tf.engine().backend.numDataIds()).toBe(before);
  });
});
