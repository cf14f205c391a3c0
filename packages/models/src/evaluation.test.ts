import {InputError} from '@minefield/core';
import {startBackend} from '@minefield/backend/node';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {denseModel} from '../test/layers-models.ts';
import {classifierFromModel} from './classifier-from-model.ts';
import {classifierFromLayersModel} from './layers-model/classifier-from-layers-model.ts';
import {objectiveFromLayersModel} from './layers-model/objective-from-layers-model.ts';
import {mlp} from './mlp.ts';
import {convNet} from './normalized/conv-net.ts';
import {estimateStatistics} from './normalized/estimate-statistics.ts';
import {objectiveFromModel} from './objective-from-model.ts';

const xs = Float32Array.from({length: 9}, (_, i) => Math.sin(i));
const labels = [0, 1, 2];
const model = mlp({inputs: 3, hidden: [5], outputs: 3});
const theta = new Float32Array(model.layout.dimension).fill(0.1);
const images = convNet({inputShape: [4, 4, 1], widths: [4], strides: [1], classes: 2});

beforeAll(async () => {
  await startBackend({name: 'cpu'});
});

describe.each([0, -1, 1.5, Number.NaN])('a count of %d', (count) => {
  it.each<[caller: string, option: string, make: () => unknown]>([
    [
      'objectiveFromModel',
      'networks',
      () => objectiveFromModel(model, {inputs: xs, labels}, {networks: count}),
    ],
    [
      'objectiveFromModel',
      'examples',
      () => objectiveFromModel(model, {inputs: xs, labels}, {examples: count}),
    ],
    [
      'objectiveFromLayersModel',
      'networks',
      () => objectiveFromLayersModel(denseModel(3, 'softmax'), {inputs: xs, labels}, {networks: count}),
    ],
    [
      'objectiveFromLayersModel',
      'examples',
      () => objectiveFromLayersModel(denseModel(3, 'softmax'), {inputs: xs, labels}, {examples: count}),
    ],
    ['classifierFromModel', 'chunk', () => classifierFromModel(model, theta, count)],
    [
      'classifierFromLayersModel',
      'examples',
      () => classifierFromLayersModel(denseModel(3, 'softmax'), {examples: count}),
    ],
    [
      'estimateStatistics',
      'batch',
      () =>
        estimateStatistics(images, new Float32Array(images.layout.dimension), new Float32Array(16), {
          batch: count,
        }),
    ],
  ])('is refused by %s as %s', async (caller, option, make) => {
    await expect((async () => make())()).rejects.toThrow(
      new InputError(
        `models.${caller}: expected ${option} to be an integer of at least 1, got ${count}; leave it out for the default`,
      ),
    );
  });
});

describe.each([
  ['objectiveFromModel', () => objectiveFromModel(model, {inputs: xs, labels})],
  [
    'objectiveFromLayersModel',
    () => objectiveFromLayersModel(denseModel(3, 'softmax'), {inputs: xs, labels}),
  ],
] as const)('%s', (caller, make) => {
  it.each([
    [[], 'expected examples to evaluate, got none; leave the option out for all'],
    [[0, 3], 'expected examples in 0..2, got 3'],
  ])('has no examples %j', async (indices, says) => {
    const {dimension, loss, gradient, predictions} = make();
    const examples = Uint32Array.from(indices);
    for (const evaluate of [loss, gradient, predictions]) {
      await expect(evaluate?.(new Float32Array(dimension), {examples})).rejects.toThrow(
        new InputError(`models.${caller}: ${says}`),
      );
    }
  });

  it('evaluates no network to no losses', async () => {
    expect(await make().loss(new Float32Array())).toEqual(new Float64Array());
  });
});

it.each([
  [[3, 0], 'expected a column in 0..2 for each of 2 inputs, got 3 at input 0'],
  [[0], 'expected a column in 0..2 for each of 2 inputs, got 1'],
])('differentiates no columns %j of three by two inputs', async (index, says) => {
  const classifier = classifierFromModel(model, theta);
  const before = tf.memory().numTensors;
  await expect(classifier.inputGradient?.(xs.subarray(3), Uint32Array.from(index))).rejects.toThrow(
    new InputError(`models.inputGradient: ${says}`),
  );
  expect(tf.memory().numTensors).toBe(before);
});
