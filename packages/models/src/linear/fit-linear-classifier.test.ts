import {startBackend} from '@minefield/backend/node';
import {InputError, createGenerator} from '@minefield/core';
import type {FeatureMap} from '@minefield/spec';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {choleskyInto, solveInto} from './cholesky.ts';
import {featureCount, productsOfFeatures} from './feature-map.ts';
import {fitLinearClassifier} from './fit-linear-classifier.ts';

const generator = createGenerator(1, 'linear');
const work = {generator, pause: () => Promise.resolve()};

beforeAll(() => startBackend({name: 'wasm'}));

const x = [0.3, -0.8] as const;
const y = [0.9, 0.4] as const;
const inner = 0.3 * 0.9 - 0.8 * 0.4;

async function productOf(
  map: FeatureMap,
  one: readonly number[] = x,
  other: readonly number[] = y,
): Promise<number> {
  const [a, b] = [tf.tensor2d([...one], [1, 2]), tf.tensor2d([...other], [1, 2])];
  const [product] = await productsOfFeatures(map, a, b, work);
  tf.dispose([a, b]);
  return product ?? Number.NaN;
}

describe('features', () => {
  it('of products are all monomials, each weighted by the root of its multinomial coefficient', async () => {
    const monomials = ([p = 0, q = 0]: readonly number[]): number[] => [
      1,
      Math.SQRT2 * p,
      Math.SQRT2 * q,
      p * p,
      q * q,
      Math.SQRT2 * p * q,
    ];
    const explicit = monomials(x).reduce((sum, value, i) => sum + value * (monomials(y)[i] ?? 0), 0);
    expect(await productOf({name: 'polynomial', degree: 2})).toBeCloseTo(explicit, 6);
    expect(featureCount({name: 'polynomial', degree: 2}, 2)).toBe(6);
    expect(featureCount({name: 'polynomial', degree: 4}, 3072)).toBe(3_722_945_108_225);
    expect(await productOf({name: 'inputs'})).toBeCloseTo(1 + inner, 6);
    expect(featureCount({name: 'inputs'}, 2)).toBe(3);
  });

  it('of cosines multiply to a Gaussian of the distance', async () => {
    const squared = (0.3 - 0.9) ** 2 + (-0.8 - 0.4) ** 2;
    for (const lengthScale of [2, 0.7]) {
      const product = await productOf({name: 'fourier', count: 100_000, lengthScale});
      // Of means over as many cosines the standard error is below 0.004.
      expect(Math.abs(product - Math.exp(-squared / (2 * lengthScale ** 2)))).toBeLessThan(0.012);
    }
  });

  it('of rectified units multiply to the arc-cosine kernel of Cho & Saul 2009, of inputs with a constant', async () => {
    const norm = Math.sqrt((1 + x[0] ** 2 + x[1] ** 2) * (1 + y[0] ** 2 + y[1] ** 2));
    const angle = Math.acos((1 + inner) / norm);
    const kernel = (norm / Math.PI) * (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle));
    expect(Math.abs((await productOf({name: 'relu', count: 100_000})) - kernel)).toBeLessThan(0.02);
  });

  it('are the same for the same generator, however many are asked about at once', async () => {
    const map: FeatureMap = {name: 'relu', count: 700};
    const both = tf.tensor2d([...x, ...y], [2, 2]);
    const [xx, xy, yx, yy] = await productsOfFeatures(map, both, both, work);
    both.dispose();
    expect(xy).toBeCloseTo(yx ?? 0, 6);
    expect(await productOf(map)).toBeCloseTo(xy ?? 0, 6);
    expect(await productOf(map, x, x)).toBeCloseTo(xx ?? 0, 6);
    expect(await productOf(map, y, y)).toBeCloseTo(yy ?? 0, 6);
  });
});

describe('fitLinearClassifier', () => {
  const exclusiveOr = {inputs: Float32Array.of(-1, -1, 1, 1, -1, 1, 1, -1), labels: [0, 0, 1, 1]};
  const options = {generator, classes: 2};

  it('tells apart what its features tell apart, and no more', async () => {
    const products = await fitLinearClassifier(exclusiveOr, {name: 'polynomial', degree: 2}, options);
    expect([...(await products.classify(exclusiveOr.inputs))]).toEqual(exclusiveOr.labels);
    expect([...(await products.classify(Float32Array.of(-3, -2, 0.5, -0.7)))]).toEqual([0, 1]);
    const inputs = await fitLinearClassifier(exclusiveOr, {name: 'inputs'}, options);
    expect([...(await inputs.classify(exclusiveOr.inputs))]).not.toEqual(exclusiveOr.labels);
  });

  it('fits any labels with more features than examples', async () => {
    const inputs = new Float32Array(200);
    generator.derive('inputs').fillNormalInto(inputs);
    const labels = Array.from({length: 100}, () => generator.integer(10));
    const fitted = await fitLinearClassifier(
      {inputs, labels},
      {name: 'relu', count: 5000},
      {
        generator,
        classes: 10,
        ridge: 1e-6,
      },
    );
    expect([...(await fitted.classify(inputs))]).toEqual(labels);
    expect(fitted.features).toBe(5000);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const fitted = await fitLinearClassifier(exclusiveOr, {name: 'relu', count: 50}, options);
    await fitted.classify(exclusiveOr.inputs);
    await expect(
      fitLinearClassifier(exclusiveOr, {name: 'inputs'}, {...options, ridge: 1e-17}),
    ).rejects.toThrow(/positive definite.*take a larger ridge/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses labels, inputs and ridges that are none', async () => {
    const fit = (change: object, more = {}): Promise<unknown> =>
      fitLinearClassifier({...exclusiveOr, ...change}, {name: 'inputs'}, {...options, ...more});
    await expect(fit({labels: [0, 0, 1, 2]})).rejects.toThrow(InputError);
    await expect(fit({inputs: new Float32Array(7)})).rejects.toThrow(InputError);
    await expect(fit({labels: []})).rejects.toThrow(InputError);
    await expect(fit({inputs: exclusiveOr.inputs.with(3, Number.NaN)})).rejects.toThrow(
      /finite inputs, got NaN at 3/,
    );
    for (const classes of [1, 2.5, 257, Number.NaN]) {
      await expect(fit({}, {classes})).rejects.toThrow(/2 to 256 classes/);
    }
    await expect(fit({}, {ridge: 0})).rejects.toThrow(/a ridge above 0, got 0/);
    await expect(fit({}, {rigde: 1})).rejects.toThrow(/did you mean "ridge"/);
    const fitted = await fitLinearClassifier(exclusiveOr, {name: 'inputs'}, options);
    await expect(fitted.classify(Float32Array.of(0, Infinity))).rejects.toThrow(
      /finite inputs, got Infinity at 1/,
    );
    await expect(fitted.classify(new Float32Array(3))).rejects.toThrow(/2 inputs an example, got 3/);
    await expect(fit({}, {signal: AbortSignal.abort()})).rejects.toThrow(/aborted/);
  });
});

it('a factor solves the system that it is of', async () => {
  const size = 40;
  const root = new Float64Array(size * size);
  generator.derive('matrix').fillNormalInto(root);
  const at = (i: number, j: number): number => root[i * size + j] ?? 0;
  const matrix = Float64Array.from({length: size * size}, (_, k) => {
    const [i, j] = [Math.floor(k / size), k % size];
    let sum = i === j ? 1 : 0;
    for (let m = 0; m < size; m++) sum += at(i, m) * at(j, m);
    return sum;
  });
  const wanted = Float64Array.from({length: 2 * size}, (_, i) => Math.sin(i));
  const right = Float64Array.from({length: 2 * size}, (_, k) => {
    let sum = 0;
    for (let m = 0; m < size; m++) sum += (matrix[(k >> 1) * size + m] ?? 0) * (wanted[2 * m + (k % 2)] ?? 0);
    return sum;
  });
  const factor = matrix.slice();
  await choleskyInto(factor, size, () => Promise.resolve());
  solveInto(factor, size, 2, right);
  expect(Math.max(...right.map((value, i) => Math.abs(value - (wanted[i] ?? 0))))).toBeLessThan(1e-10);
});
