/** In a file of its own, and so a process in which no backend runs. */
import {InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {expect, it} from 'vitest';
import {
  classifierFromModel,
  convNet,
  estimateStatistics,
  mlp,
  nearestKinks,
  objectiveFromModel,
} from './index.ts';

const model = mlp({inputs: 2, hidden: [3], outputs: 1});
const theta = new Float32Array(model.layout.dimension);
const inputs = new Float32Array(4);
const {loss, gradient, hessianVector, predictions, lossAlong} = objectiveFromModel(model, {
  inputs,
  labels: [0, 1],
});
const pictures = convNet({inputShape: [4, 4, 1], widths: [2], classes: 2});

const calls: readonly [caller: string, call: () => Promise<unknown> | undefined][] = [
  ['objectiveFromModel', () => loss(theta)],
  ['objectiveFromModel', () => lossAlong?.(theta, theta, Float64Array.of(1))],
  ['objectiveFromModel', () => gradient?.(theta)],
  ['objectiveFromModel', () => hessianVector?.(theta, theta)],
  ['objectiveFromModel', () => predictions?.(theta)],
  ['classifierFromModel', () => classifierFromModel(model, theta).logits(inputs)],
  ['nearestKinks', () => nearestKinks(model, theta, inputs)],
  [
    'estimateStatistics',
    () => estimateStatistics(pictures, new Float32Array(pictures.layout.dimension), new Float32Array(16)),
  ],
];

it.each(calls)('%s asks for a backend where none runs', async (caller, call) => {
  expect(tf.engine().registryFactory).toEqual({});
  await expect(call()).rejects.toThrow(
    new InputError(
      `models.${caller}: expected a TensorFlow.js backend that runs, got none; await startBackend() of @minefield/backend first`,
    ),
  );
});

it.each(calls)('%s asks for one where it was imported, but not started', async (caller, call) => {
  await import('@tensorflow/tfjs-backend-wasm');
  await expect(call()).rejects.toThrow(
    `models.${caller}: expected a TensorFlow.js backend that runs, got none`,
  );
});
