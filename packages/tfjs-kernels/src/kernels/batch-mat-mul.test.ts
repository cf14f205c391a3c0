import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, sets, startWasm, valuesOn} from '../../test/backends.ts';

/** Sizes around the tile (6 × 8 and 4), one and none. */
const size = fc.oneof(
  fc.integer({min: 1, max: 20}),
  fc.constantFrom(0, 1, 2, 5, 6, 7, 8, 9, 12, 13, 31, 32, 33, 97, 100),
);

interface Product {
  readonly batchA: readonly number[];
  readonly batchB: readonly number[];
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly seed: number;
}

/** Pairs of batch shapes that broadcast, of up to three dimensions. */
const batches = fc
  .array(fc.tuple(fc.integer({min: 1, max: 3}), fc.constantFrom('both', 'a', 'b')), {maxLength: 3})
  .chain((axes) =>
    fc.record({
      batchA: fc.constant(axes.map(([length, own]) => (own === 'b' ? 1 : length))),
      batchB: fc.constant(axes.map(([length, own]) => (own === 'a' ? 1 : length))),
      shorter: fc.constantFrom('neither', 'a', 'b'),
    }),
  )
  .map(({batchA, batchB, shorter}) => ({
    batchA: shorter === 'a' ? withoutLeadingOnes(batchA) : batchA,
    batchB: shorter === 'b' ? withoutLeadingOnes(batchB) : batchB,
  }));

function withoutLeadingOnes(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((length) => length > 1);
  return first < 0 ? [] : shape.slice(first);
}

const products: fc.Arbitrary<Product> = fc
  .tuple(
    batches,
    fc.record({
      rows: size,
      depth: size,
      columns: size,
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      seed: fc.integer({min: 0, max: 1e6}),
    }),
  )
  .map(([batch, product]) => ({...batch, ...product}));

function operands({batchA, batchB, rows, depth, columns, transposeA, transposeB, seed}: Product) {
  const shapeA = [...batchA, ...(transposeA ? [depth, rows] : [rows, depth])];
  const shapeB = [...batchB, ...(transposeB ? [columns, depth] : [depth, columns])];
  return {
    a: tf.tensor(randomValues(tf.util.sizeFromShape(shapeA), seed), shapeA),
    b: tf.tensor(randomValues(tf.util.sizeFromShape(shapeB), seed + 1), shapeB),
  };
}

function multiply(product: Product): tf.Tensor {
  const {a, b} = operands(product);
  return tf.matMul(a, b, product.transposeA, product.transposeB);
}

/** Both operands brought to the common batch first, which the CPU backend gets wrong by itself. */
function wholeOperands(product: Product) {
  const {a, b} = operands(product);
  const batch = tf.broadcast_util.assertAndGetBroadcastShape([...product.batchA], [...product.batchB]);
  const whole = (x: tf.Tensor) => tf.broadcastTo(x, [...batch, ...x.shape.slice(-2)]);
  return {a: whole(a), b: whole(b)};
}

function reference(product: Product): tf.Tensor {
  const {a, b} = wholeOperands(product);
  return tf.matMul(a, b, product.transposeA, product.transposeB);
}

/** Rounding of a sum of `depth` products of numbers up to 1, several times over; the CPU backend rounds as often. */
const tolerance = (depth: number): number => 1e-6 * (1 + Math.sqrt(depth)) + 1e-7 * depth;

describe.each(sets)('with %s', (_, options) => {
  beforeAll(() => startWasm(options));

  it('multiplies as the CPU backend does, whatever the shapes, transposes and broadcast dimensions', async () => {
    await fc.assert(
      fc.asyncProperty(products, async (product) => {
        const actual = await valuesOn('wasm', () => multiply(product));
        const expected = await valuesOn('cpu', () => reference(product));
        expect(largestError(actual, expected)).toBeLessThanOrEqual(tolerance(product.depth));
      }),
      {numRuns: runs},
    );
  });

  it.each([
    [130, 600, 270],
    [97, 1100, 15],
    [5, 513, 300],
    [260, 300, 40],
  ])(
    'multiplies [%i, %i] by %i columns, beyond the blocks, in all four transpositions',
    async (rows, depth, columns) => {
      const [a, b] = [randomValues(rows * depth, rows), randomValues(depth * columns, depth)];
      const expected = new Float64Array(rows * columns);
      for (let i = 0; i < rows; i++) {
        for (let k = 0; k < depth; k++) {
          const factor = a[i * depth + k] ?? 0;
          for (let j = 0; j < columns; j++) {
            expected[i * columns + j] = (expected[i * columns + j] ?? 0) + factor * (b[k * columns + j] ?? 0);
          }
        }
      }
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          const actual = await valuesOn('wasm', () => {
            const [left, right] = [tf.tensor2d(a, [rows, depth]), tf.tensor2d(b, [depth, columns])];
            const [x, y] = [transposeA ? tf.transpose(left) : left, transposeB ? tf.transpose(right) : right];
            return tf.matMul(x, y, transposeA, transposeB);
          });
          expect(largestError(actual, expected)).toBeLessThanOrEqual(tolerance(depth));
        }
      }
    },
  );

  it('gives a product the same bits alone, first, and last of a batch, and a row the same bits in any matrix', async () => {
    await fc.assert(
      fc.asyncProperty(products, fc.integer({min: 1, max: 40}), async (product, more) => {
        fc.pre(product.rows > 0 && product.depth > 0 && product.columns > 0);
        const one = {...product, batchA: [], batchB: []};
        const alone = await valuesOn('wasm', () => multiply(one));
        const stacked = await valuesOn('wasm', () => {
          const {a, b} = operands(one);
          const stackOf = (x: tf.Tensor) => tf.stack([x, tf.mul(x, 0.3), x]);
          return tf.matMul(stackOf(a), stackOf(b), one.transposeA, one.transposeB);
        });
        expect(stacked.slice(0, alone.length)).toEqual(alone);
        expect(stacked.slice(-alone.length)).toEqual(alone);
        const shared = await valuesOn('wasm', () => {
          const {a, b} = operands(one);
          const axis = one.transposeA ? 1 : 0;
          const above = tf.ones(one.transposeA ? [one.depth, more] : [more, one.depth]);
          return tf.matMul(tf.concat([above, a], axis), b, one.transposeA, one.transposeB);
        });
        expect(shared.slice(-alone.length)).toEqual(alone);
      }),
      {numRuns: runs / 2},
    );
  });

  it('multiplies integers exactly, and modulo 2³²', async () => {
    const integers = (x: tf.Tensor): tf.Tensor => tf.cast(tf.round(tf.mul(x, 1000)), 'int32');
    await fc.assert(
      fc.asyncProperty(products, async (product) => {
        const compute = (by: (product: Product) => {a: tf.Tensor; b: tf.Tensor}) => () => {
          const {a, b} = by(product);
          return tf.matMul(integers(a), integers(b), product.transposeA, product.transposeB);
        };
        const actual = await valuesOn('wasm', compute(operands));
        const expected = await valuesOn('cpu', compute(wholeOperands));
        expect(actual).toEqual(expected);
      }),
      {numRuns: runs},
    );
    const large = await valuesOn('wasm', () => {
      const ones = tf.mul(tf.ones([5, 2], 'int32'), tf.scalar(70_001, 'int32'));
      return tf.matMul(ones, ones, false, true);
    });
    expect(new Set(large)).toEqual(new Set([Math.fround((2 * 70_001 ** 2) | 0)]));
  });

  it('lets NaN and infinity through to the outputs that they reach, and to no other', async () => {
    const compute = (transposeA: boolean, transposeB: boolean) => () => {
      const a = randomValues(9 * 7, 1);
      const b = randomValues(7 * 11, 2);
      a[3] = Number.NaN;
      a[40] = Infinity;
      b[5] = -Infinity;
      b[70] = Number.NaN;
      return tf.matMul(
        tf.tensor(a, transposeA ? [7, 9] : [9, 7]),
        tf.tensor(b, transposeB ? [11, 7] : [7, 11]),
        transposeA,
        transposeB,
      );
    };
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const actual = await valuesOn('wasm', compute(transposeA, transposeB));
        const expected = await valuesOn('cpu', compute(transposeA, transposeB));
        expect(largestError(actual, expected)).toBeLessThanOrEqual(tolerance(7));
      }
    }
  });

  it('reads and writes nothing beyond its operands', async () => {
    await tf.setBackend('wasm');
    // Neighbours of every tensor on the heap are filled with NaN, before and after.
    for (const [rows, depth, columns] of [
      [1, 1, 1],
      [7, 5, 9],
      [6, 3, 3],
      [13, 33, 31],
    ] as const) {
      const fences: tf.Tensor[] = [];
      const fence = () => fences.push(tf.mul(tf.ones([16]), Number.NaN));
      fence();
      const a = tf.ones([rows, depth]);
      fence();
      const b = tf.ones([depth, columns]);
      fence();
      const product = tf.matMul(a, b);
      fence();
      expect(product.dataSync()).toEqual(new Float32Array(rows * columns).fill(depth));
      for (const wall of fences) expect([...wall.dataSync()].every(Number.isNaN)).toBe(true);
      tf.dispose([a, b, product, ...fences]);
    }
  });

  it('works on after the heap has grown', async () => {
    await tf.setBackend('wasm');
    const [a, b] = [tf.ones([10, 20]), tf.ones([20, 30])];
    tf.matMul(a, b).dispose();
    const grown = tf.zeros([64 << 18]);
    const product = tf.matMul(a, b);
    expect(new Set(product.dataSync())).toEqual(new Set([20]));
    tf.dispose([a, b, grown, product]);
  });
});
