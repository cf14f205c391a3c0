import * as tf from '@tensorflow/tfjs-core';
// Brings the gradients of TensorFlow.js's operations.
import '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {largestError, randomValues, runs, sets, startWasm, valuesOn} from '../../test/backends.ts';

/** Where a letter stands: in the first operand, in the second, in the output, and where in each. */
const letters = fc.array(
  fc.record({
    in: fc.constantFrom('a', 'b', 'both'),
    out: fc.boolean(),
    length: fc.integer({min: 1, max: 4}),
    places: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)),
  }),
  {maxLength: 6},
);

interface Case {
  readonly equation: string;
  readonly shapes: readonly (readonly number[])[];
  readonly outSize: number;
}

const cases: fc.Arbitrary<Case> = fc.tuple(letters, fc.boolean()).map(([all, alone]) => {
  const named = all.map((letter, i) => ({...letter, name: 'ijklmn'[i] ?? ''}));
  const order = (at: 0 | 1 | 2, kept: (letter: (typeof named)[number]) => boolean) =>
    named.filter(kept).toSorted((x, y) => x.places[at] - y.places[at]);
  const inFirst = order(0, (letter) => alone || letter.in !== 'b');
  const inSecond = order(1, (letter) => letter.in !== 'a');
  const output = order(2, (letter) => letter.out);
  const operands = alone ? [inFirst] : [inFirst, inSecond];
  const text = (some: typeof named) => some.map(({name}) => name).join('');
  return {
    equation: `${operands.map(text).join(',')}->${text(output)}`,
    shapes: operands.map((operand) => operand.map(({length}) => length)),
    outSize: output.reduce((size, {length}) => size * length, 1),
  };
});

function tensors(shapes: Case['shapes'], seed: number): tf.Tensor[] {
  return shapes.map((shape, i) =>
    tf.tensor(randomValues(tf.util.sizeFromShape([...shape]), seed + i), [...shape]),
  );
}

/** The sum that an equation stands for, in loops over all letters and float64. */
function summed({equation, shapes, outSize}: Case, seed: number): Float64Array {
  const [left = '', output = ''] = equation.split('->');
  const operands = left.split(',');
  const lengths = new Map(
    operands.flatMap((names, i) => Array.from(names, (name, j) => [name, shapes[i]?.[j] ?? 0] as const)),
  );
  const all = [...lengths.keys()];
  const values = shapes.map((shape, i) => randomValues(tf.util.sizeFromShape([...shape]), seed + i));
  const out = new Float64Array(outSize);
  const count = all.reduce((size, name) => size * (lengths.get(name) ?? 0), 1);
  for (let n = 0; n < count; n++) {
    const index = new Map<string, number>();
    let rest = n;
    for (const name of all) {
      const length = lengths.get(name) ?? 1;
      index.set(name, rest % length);
      rest = Math.floor(rest / length);
    }
    const place = (names: string): number =>
      Array.from(names).reduce((at, name) => at * (lengths.get(name) ?? 0) + (index.get(name) ?? 0), 0);
    const product = operands.reduce((term, names, i) => term * (values[i]?.[place(names)] ?? 0), 1);
    out[place(output)] = (out[place(output)] ?? 0) + product;
  }
  return out;
}

/** Sums of at most some thousands of products of numbers up to 1. */
const TOLERANCE = 1e-4;

describe.each(sets)('with %s', (_, options) => {
  beforeAll(() => startWasm(options));

  it('sums what the equation says, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(1e6), async (one, seed) => {
        const actual = await valuesOn('wasm', () => tf.einsum(one.equation, ...tensors(one.shapes, seed)));
        expect(largestError(actual, summed(one, seed))).toBeLessThanOrEqual(TOLERANCE);
      }),
      {numRuns: runs * 2},
    );
  });

  it('has the slopes that differences have', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(1e6), async (one, seed) => {
        const weights = randomValues(one.outSize, seed + 9);
        const slopes = await valuesOn('wasm', () => {
          const loss = (...x: tf.Tensor[]): tf.Scalar =>
            tf.sum(tf.mul(tf.reshape(tf.einsum(one.equation, ...x), [-1]), tf.tensor1d(weights)));
          return tf.concat(
            tf
              .grads(loss)(tensors(one.shapes, seed))
              .map((slope) => tf.reshape(slope, [-1])),
          );
        });
        // Of a function that is linear in each operand, Σ slope · operand is its value, once for each operand.
        const value = summed(one, seed).reduce((sum, y, i) => sum + y * (weights[i] ?? 0), 0);
        let first = 0;
        one.shapes.forEach((shape, i) => {
          const x = randomValues(tf.util.sizeFromShape([...shape]), seed + i);
          const product = x.reduce((sum, each, j) => sum + each * (slopes[first + j] ?? Number.NaN), 0);
          expect(Math.abs(product - value)).toBeLessThanOrEqual(1e-3);
          first += x.length;
        });
      }),
      {numRuns: runs},
    );
  });

  it.each([
    [
      'bqhd,bkhd->bhqk',
      [
        [2, 3, 2, 4],
        [2, 5, 2, 4],
      ],
    ],
    [
      'bhqk,bkhd->bqhd',
      [
        [2, 2, 3, 5],
        [2, 5, 2, 4],
      ],
    ],
    [
      'abc,abd->ac',
      [
        [2, 3, 4],
        [2, 3, 2],
      ],
    ],
    ['ab->b', [[3, 4]]],
  ] as const)('has for %s the slope of each element by differences', async (equation, shapes) => {
    const loss = (...x: tf.Tensor[]): tf.Scalar => tf.sum(tf.square(tf.einsum(equation, ...x)));
    const slopes = await valuesOn('wasm', () =>
      tf.concat(
        tf
          .grads(loss)(tensors(shapes, 5))
          .map((slope) => tf.reshape(slope, [-1])),
      ),
    );
    let first = 0;
    for (const [i, shape] of shapes.entries()) {
      const size = tf.util.sizeFromShape([...shape]);
      for (let j = 0; j < size; j += 5) {
        const at = (shift: number): Promise<Float32Array> =>
          valuesOn('cpu', () => {
            const moved = tensors(shapes, 5).map((x, k) => {
              if (k !== i) return x;
              const values = x.dataSync();
              values[j] = (values[j] ?? 0) + shift;
              return tf.tensor(values, x.shape);
            });
            return loss(...moved);
          });
        // A square's central difference is exact but for rounding.
        const [[above = 0], [below = 0]] = [await at(0.5), await at(-0.5)];
        expect(Math.abs((slopes[first + j] ?? Number.NaN) - (above - below))).toBeLessThanOrEqual(1e-4);
      }
      first += size;
    }
  });

  it('multiplies integers exactly', async () => {
    const compute = (): tf.Tensor => {
      const [a, b] = [
        tf.tensor2d([40_000, 3, -5, 7], [2, 2], 'int32'),
        tf.tensor2d([50_000, 2, 1, -9], [2, 2], 'int32'),
      ];
      return tf.sub(tf.einsum('ij,jk->ki', a, b), tf.tensor2d([2_000_000_000, 0, 0, 0], [2, 2], 'int32'));
    };
    expect([...(await valuesOn('wasm', compute))]).toEqual([3, -249_993, 79_973, -73]);
  });

  it.each([
    ['i,j->ii', [[2], [3]], /each letter once in the output, got i,j->ii/],
    ['ij->j', [[2]], /a tensor of 2 dimensions for "ij" of ij->j, got \[2\]/],
    [
      'ij,jk->ik',
      [
        [2, 3],
        [4, 2],
      ],
      /dimension 3 at axis 0 of input shaped/,
    ],
    [
      'ij,jk',
      [
        [2, 3],
        [3, 2],
      ],
      /without an arrow/,
    ],
  ])('refuses %s of %j', async (equation, shapes, message) => {
    const compute = (): tf.Tensor => tf.einsum(equation, ...tensors(shapes, 1));
    await expect(valuesOn('wasm', compute)).rejects.toThrow(message);
  });
});
