import {createGenerator, type Objective, parameterLayout} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {logSpacedSpectrum, quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {reflected} from '../analytic/reflected.ts';
import {hessianDiagonal} from './hessian-diagonal.ts';
import {hessianOperator, type HessianOperator} from './hessian-operator.ts';
import {hutchPlusPlusTrace, hutchinsonTrace, layerTraces} from './hessian-trace.ts';
import {spectralQuadrature} from './spectral-density.ts';

const count = 30;
const bowl = reflected(
  quadraticBowl(logSpacedSpectrum(count, -1, 1)),
  Array.from({length: count}, (_, i) => Math.cos(2 * i) + 0.2),
);
const layout = parameterLayout([{name: 'all', shape: [count], role: 'kernel'}]);

/** The bowl with products of several vectors at once, and how many there were in each call. */
function together(): {objective: Objective; sizes: number[]} {
  const sizes: number[] = [];
  const objective: Objective = {
    ...bowl,
    async hessianVectors(theta, vectors) {
      sizes.push(vectors.length / count);
      const products = new Float32Array(vectors.length);
      for (let first = 0; first < vectors.length; first += count) {
        products.set(await bowl.hessianVector(theta, vectors.subarray(first, first + count)), first);
      }
      return products;
    },
  };
  return {objective, sizes};
}

const operatorOf = (objective: Objective): Promise<HessianOperator> =>
  hessianOperator(objective, new Float32Array(count), {generator: createGenerator(1)});

/** Each estimate of 11 samples, and the products that it asks for at once. */
const estimates = {
  trace: {
    of: (operator: HessianOperator, options: Options) => hutchinsonTrace(operator, options),
    sizes: [8, 3],
  },
  'traces of layers': {
    of: (operator: HessianOperator, options: Options) => layerTraces(operator, layout, options),
    sizes: [8, 3],
  },
  diagonal: {
    of: (operator: HessianOperator, options: Options) => hessianDiagonal(operator, options),
    sizes: [8, 3],
  },
  'trace by Hutch++': {
    of: (operator: HessianOperator, options: Options) => hutchPlusPlusTrace(operator, options),
    sizes: [8, 3, 8, 3, 8, 3],
  },
  density: {
    of: (operator: HessianOperator, options: Options) => spectralQuadrature(operator, {...options, steps: 3}),
    sizes: [8, 8, 8, 3, 3, 3],
  },
};

interface Options {
  readonly generator: ReturnType<typeof createGenerator>;
  readonly samples: number;
  readonly onProgress: (done: number) => void;
}

describe.each(Object.entries(estimates))('the %s', (_, {of, sizes: expected}) => {
  it('is the same to the last bit from products made together, eight at once', async () => {
    const {objective, sizes} = together();
    const measured = await Promise.all(
      [objective, bowl].map(async (which) => {
        const operator = await operatorOf(which);
        sizes.length = 0;
        const progress: number[] = [];
        const onProgress = (done: number): void => void progress.push(done);
        const found = await of(operator, {generator: createGenerator(5), samples: 11, onProgress});
        return {found, progress};
      }),
    );
    expect(sizes).toEqual(expected);
    expect(measured[0]).toEqual(measured[1]);
  });
});

it('checks the products that are made together, since those are the ones used', async () => {
  const {objective} = together();
  const wrong: Objective = {
    ...objective,
    hessianVectors: async (theta, vectors) =>
      ((await objective.hessianVectors?.(theta, vectors)) ?? vectors).map((value) => 1.1 * value),
  };
  await expect(operatorOf(wrong)).rejects.toThrow(/relative disagreement of 0\.0/);
});

it('refuses products that are fewer than the vectors', async () => {
  const short: Objective = {...bowl, hessianVectors: async (_, vectors) => vectors.slice(1)};
  await expect(operatorOf(short)).rejects.toThrow(
    'landscape.hessianOperator: expected products of the objective of 30 numbers, got 29',
  );
});

it('stops between two batches', async () => {
  const {objective, sizes} = together();
  const operator = await operatorOf(objective);
  sizes.length = 0;
  const controller = new AbortController();
  const onProgress = (done: number): void => {
    if (done === 8) controller.abort(new Error('enough'));
  };
  const options = {generator: createGenerator(5), samples: 11, signal: controller.signal, onProgress};
  await expect(hutchinsonTrace(operator, options)).rejects.toThrow('enough');
  expect(sizes).toEqual([8]);
});
