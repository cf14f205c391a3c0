/** In a file of its own, and so a process in which no backend runs. */
import {InputError, createGenerator} from '@minefield/core';
import {mlp} from '@minefield/models';
import {expect, it} from 'vitest';
import {train} from './train.ts';

it('asks for a backend where none runs', async () => {
  const model = mlp({inputs: 1, hidden: [2], outputs: 1});
  const examples = {inputs: Float32Array.of(0, 1), labels: [0, 1]};
  const task = {
    initial: new Float32Array(model.layout.dimension),
    poisonFactor: 0,
    train: examples,
    test: examples,
    poison: () => undefined,
    generator: createGenerator(1),
  };
  const training = train(model, [task], {
    steps: 1,
    optimizer: {name: 'sgd'},
    learningRate: 0.1,
    schedule: {name: 'constant'},
    poisonPoints: 0,
    evaluateEvery: 1,
  });
  await expect(training).rejects.toThrow(
    new InputError(
      'training.train: expected a TensorFlow.js backend that runs, got none; await startBackend() of @minefield/backend first',
    ),
  );
});
