import {expect, it} from 'vitest';
import {learningRateAt} from './learning-rate.ts';
import type {TrainingRecipe} from '@minefield/spec';

const base: TrainingRecipe = {
  steps: 100,
  optimizer: {name: 'sgd'},
  learningRate: 0.1,
  schedule: {name: 'constant'},
  poisonPoints: 0,
  evaluateEvery: 10,
};

it('rises linearly over the warm-up and reaches the full rate with its last step', () => {
  const recipe = {...base, warmupSteps: 4};
  expect([0, 1, 2, 3, 4, 50].map((step) => learningRateAt(recipe, step))).toEqual(
    [0.25, 0.5, 0.75, 1, 1, 1].map((share) => 0.1 * share),
  );
});

it('follows half a cosine from the full rate to zero', () => {
  const recipe: TrainingRecipe = {...base, schedule: {name: 'cosine'}};
  expect(learningRateAt(recipe, 0)).toBe(0.1);
  expect(learningRateAt(recipe, 50)).toBeCloseTo(0.05, 12);
  expect(learningRateAt(recipe, 25)).toBeCloseTo(0.05 * (1 + Math.SQRT1_2), 12);
  expect(learningRateAt(recipe, 100)).toBeCloseTo(0, 12);
});

it('divides at the given fractions of all steps, from that step on', () => {
  const recipe: TrainingRecipe = {...base, schedule: {name: 'step', factor: 0.1, at: [0.4, 0.6, 0.8]}};
  expect([39, 40, 59, 60, 80, 99].map((step) => learningRateAt(recipe, step) / 0.1)).toEqual(
    [1, 0.1, 0.1, 0.1 ** 2, 0.1 ** 3, 0.1 ** 3].map((share) => expect.closeTo(share, 12)),
  );
});
