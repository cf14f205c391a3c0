import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {mlp} from '@minefield/models';
import type {TrainingRecipe} from '@minefield/spec';
import {afterEach, beforeAll, expect, it, vi} from 'vitest';
import type {NetworkTask} from './network-task.ts';
import {train} from './train.ts';

const model = mlp({inputs: 1, hidden: [2], outputs: 1});
const recipe: TrainingRecipe = {
  steps: 100,
  optimizer: {name: 'sgd'},
  learningRate: 0.1,
  weightDecay: 0,
  schedule: {name: 'constant'},
  poisonPoints: 1,
  evaluateEvery: 100,
};

/** @param onStep called as often as there are steps */
function taskOf(onStep: () => void): NetworkTask {
  const examples = {inputs: Float32Array.of(-1, 1), labels: [0, 1]};
  return {
    initial: new Float32Array(model.layout.dimension).fill(0.1),
    poisonFactor: 0.5,
    train: examples,
    test: examples,
    poison: (inputs, labels) => {
      onStep();
      for (const end = performance.now() + 10; performance.now() < end;);
      inputs.fill(1);
      labels.fill(0);
    },
    generator: createGenerator(0),
  };
}

beforeAll(async () => {
  await startBackend({name: 'cpu'});
});

afterEach(() => {
  vi.restoreAllMocks();
});

it('a clock that is set back by a year in mid run delays neither snapshots nor cancellation', async () => {
  const now = Date.now.bind(Date);
  const controller = new AbortController();
  let [steps, snapshots] = [0, 0];
  const task = taskOf(() => {
    steps++;
    if (steps === 20) vi.spyOn(Date, 'now').mockImplementation(() => now() - 365 * 86_400_000);
    if (steps === 60) controller.abort(new Error('enough'));
  });
  const training = train(model, [task], recipe, {
    signal: controller.signal,
    snapshotSeconds: 0.1,
    onSnapshot: () => void snapshots++,
  });
  await expect(training).rejects.toThrow('enough');
  // Of ten milliseconds each; heard about ten times a second.
  expect(steps).toBeLessThan(80);
  expect(snapshots).toBeGreaterThanOrEqual(3);
});
