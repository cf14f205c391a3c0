import {startBackend} from '@minefield/backend/node';
import {at, createGenerator} from '@minefield/core';
import {ACTIVATIONS, initialize, mlp, objectiveFromModel} from '@minefield/models';
import type {TrainingRecipe} from '@minefield/spec';
import {beforeAll, expect, it} from 'vitest';
import type {NetworkTask} from './network-task.ts';
import {train} from './train.ts';

const RATE = 0.1;
const recipe: TrainingRecipe = {
  steps: 1,
  optimizer: {name: 'sgd', momentum: 0},
  learningRate: RATE,
  schedule: {name: 'constant'},
  warmupSteps: 0,
  clipNorm: 1e6,
  poisonPoints: 6,
  evaluateEvery: 1,
};

beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
});

it.each(ACTIVATIONS.flatMap((activation) => [true, false].map((bias) => ({activation, bias}))))(
  'takes a step down the gradient of networks of $activation, with biases: $bias',
  async ({activation, bias}) => {
    const model = mlp({inputs: 2, hidden: [5, 4], outputs: 1, activation, bias});
    const inputs = new Float32Array(24);
    createGenerator(1, 'inputs').fillNormalInto(inputs);
    const examples = {inputs, labels: Uint8Array.from({length: 12}, (_, i) => i % 2)};
    const task = (seed: number): NetworkTask => ({
      initial: initialize(model.layout, 'kaiming-normal', {generator: createGenerator(seed)}),
      poisonFactor: 0,
      train: examples,
      test: examples,
      poison: (points, labels) => {
        points.set(inputs.subarray(0, points.length));
        labels.fill(0);
      },
      generator: createGenerator(seed),
    });
    const tasks = [task(1), task(2)];
    const results = await train(model, tasks, recipe);
    const objective = objectiveFromModel(model, examples);
    for (const [k, {initial}] of tasks.entries()) {
      // Held against PyTorch by the tests of models.
      const gradient = await objective.gradient?.(initial);
      const expected = initial.map((value, i) => value - RATE * (gradient?.[i] ?? Number.NaN));
      const {theta} = at(results, k);
      expect(theta).toHaveLength(expected.length);
      expect(theta).not.toEqual(initial);
      expected.forEach((value, i) => expect(theta[i]).toBeCloseTo(value, 6));
    }
  },
);
