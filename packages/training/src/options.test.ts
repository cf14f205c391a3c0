/** What a caller may get wrong, tried on every public function that takes options, words or numbers. */
import {startBackend} from '@minefield/backend/node';
import {InputError, createGenerator} from '@minefield/core';
import {mlp} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {batchSource, evaluate, learningRateAt, poisonFromExamples, poisonInEpochs, train} from './index.ts';
import type {NetworkTask, TrainingRecipe} from './index.ts';

/** Of callers without types. */
type Loose = (...args: readonly unknown[]) => unknown;
const loose = (callee: unknown): Loose => callee as Loose;

const model = mlp({inputs: 2, hidden: [3], outputs: 1});
const initial = new Float32Array(model.layout.dimension).fill(0.1);
const examples = {inputs: new Float32Array(4), labels: [0, 1]};
const task: NetworkTask = {
  initial,
  poisonFactor: 0.3,
  train: examples,
  test: examples,
  poison: () => undefined,
  generator: createGenerator(1),
};
const recipe: TrainingRecipe = {
  steps: 2,
  optimizer: {name: 'adam'},
  learningRate: 0.01,
  schedule: {name: 'constant'},
  poisonPoints: 1,
  evaluateEvery: 1,
};
const list = {inputs: [0, 0, 0, 0], labels: [0, 1]};

beforeAll(async () => {
  await startBackend({name: 'cpu'});
});

async function messageOf(call: () => unknown): Promise<string> {
  const outcome: unknown = await Promise.resolve()
    .then(call)
    .then(
      () => 'nothing was refused',
      (error: unknown) => error,
    );
  expect(outcome).toBeInstanceOf(InputError);
  return (outcome as InputError).message;
}

const trainWith = (change: object): unknown => train(model, [task], {...recipe, ...change});

describe('what nobody reads is refused', () => {
  it.each<[got: string, call: () => unknown]>([
    [
      '"onprogress"; did you mean "onProgress"?',
      () => loose(train)(model, [task], recipe, {onprogress: () => undefined}),
    ],
    ['"learningrate"; did you mean "learningRate"?', () => trainWith({learningrate: 0.1})],
    ['"weigthDecay"; did you mean "weightDecay"?', () => trainWith({weigthDecay: 0.1})],
    [
      '"learningrate"; did you mean "learningRate"?',
      () => loose(learningRateAt)({...recipe, learningrate: 1}, 0),
    ],
    ['"Adam"; did you mean "adam"?', () => trainWith({optimizer: {name: 'Adam'}})],
    ['"momentum"; use one of these', () => trainWith({optimizer: {name: 'momentum', momentum: 0.9}})],
    ['"momentun"; did you mean "momentum"?', () => trainWith({optimizer: {name: 'sgd', momentun: 0.9}})],
    ['"beta_1"; did you mean "beta1"?', () => trainWith({optimizer: {name: 'adam', beta_1: 0.8}})],
    ['"cosin"; did you mean "cosine"?', () => trainWith({schedule: {name: 'cosin'}})],
    ['"step"; leave it out', () => trainWith({schedule: {name: 'cosine', step: 3}})],
    ['"fator"; did you mean "factor"?', () => trainWith({schedule: {name: 'step', fator: 0.1, at: [0.5]}})],
    ['"trainLos"; did you mean "trainLoss"?', () => trainWith({target: {trainAccuracy: 1, trainLos: 0.1}})],
  ])('%s', async (got, call) => {
    expect(await messageOf(call)).toContain(`got ${got}`);
  });
});

describe('what is missing or no number is refused', () => {
  it.each<[says: string, call: () => unknown]>([
    ['training.train: expected at least one task, got none', () => loose(train)(model)],
    ['training.train: expected options, an object with steps, optimizer', () => loose(train)(model, [task])],
    [
      'training.train: expected options, an object with signal',
      () => loose(train)(model, [task], recipe, null),
    ],
    ['training.learningRateAt: expected options, an object with steps', () => loose(learningRateAt)()],
    ['an integer steps >= 0, got undefined', () => trainWith({steps: undefined})],
    ['a learningRate, got undefined', () => trainWith({learningRate: undefined})],
    ['a learningRate, got NaN', () => trainWith({learningRate: Number.NaN})],
    ['a clipNorm > 0, got 0', () => trainWith({clipNorm: 0})],
    ["a weightDecayOf that is 'kernels', or none, got biases", () => trainWith({weightDecayOf: 'biases'})],
    ['a weightDecay >= 0, got NaN', () => trainWith({weightDecay: Number.NaN})],
    [
      `an object as optimizer, such as {name: 'adam'}, got undefined`,
      () => trainWith({optimizer: undefined}),
    ],
    [`an object as schedule, such as {name: 'constant'}, got cosine`, () => trainWith({schedule: 'cosine'})],
    [
      'a number as momentum of the optimizer, got 0.9',
      () => trainWith({optimizer: {name: 'sgd', momentum: '0.9'}}),
    ],
    [
      'a schedule of a number as factor and fractions of all steps as at',
      () => trainWith({schedule: {name: 'step', factor: 0.1}}),
    ],
    ['a target with a trainAccuracy', () => trainWith({target: {trainLoss: 0.1}})],
    [
      'expected a poison factor >= 0, got undefined',
      () => loose(train)(model, [{...task, poisonFactor: undefined}], recipe),
    ],
    [
      'expected tasks with a poison source for 1 poisonPoints, got one without',
      () => loose(train)(model, [{...task, poison: undefined}], recipe),
    ],
    [
      'expected tasks with a poison source for 0 poisonPoints, got one without',
      () => loose(train)(model, [{...task, poison: 3}], {...recipe, poisonPoints: 0}),
    ],
    [
      'expected a recipe with poisonPoints for a poison factor of 0.3, got none',
      () => trainWith({poisonPoints: undefined}),
    ],
    [
      'expected tasks with a generator, got one without',
      () => loose(train)(model, [{...task, generator: undefined}], recipe),
    ],
    [
      'expected data sets of one size of at least 1, got sizes undefined',
      () => loose(train)(model, [{...task, test: undefined}], recipe),
    ],
    ['training.batchSource: expected at least one task, got none', () => batchSource(model, [], recipe)],
    [
      'expected a state of the poison stream for each of 1 tasks, got 0',
      () => batchSource(model, [task], recipe, []),
    ],
    [
      'training.train: expected at most 256 classes, got 300 of mlp 2-300; labels of poison are bytes',
      () => {
        const many = mlp({inputs: 2, hidden: [], outputs: 300});
        return train(many, [{...task, initial: new Float32Array(many.layout.dimension)}], recipe);
      },
    ],
  ])('%s', async (says, call) => {
    expect(await messageOf(call)).toContain(says);
  });
});

describe('numbers in another kind of array are refused', () => {
  const floats = (caller: string, name: string): string =>
    `training.${caller}: expected ${name} as a Float32Array, got a value of type Array; make one with Float32Array.from`;
  it.each<[says: string, call: () => unknown]>([
    [
      floats('train', 'initial parameters'),
      () => loose(train)(model, [{...task, initial: [...initial]}], recipe),
    ],
    [floats('train', 'inputs'), () => loose(train)(model, [{...task, train: list}], recipe)],
    [floats('train', 'inputs'), () => loose(train)(model, [{...task, test: list}], recipe)],
    [
      floats('evaluate', 'inputs'),
      () => loose(evaluate)(model, tf.tensor2d(initial, [1, initial.length]), [list]),
    ],
    [
      floats('train', 'a snapshot’s vectors'),
      () => {
        const theta = [...initial];
        const network = {
          theta,
          lastFinite: theta,
          slots: [theta, theta],
          curves: {},
          poison: {key: [0, 0], position: 0},
        };
        return loose(train)(model, [task], recipe, {resume: {step: 1, networks: [network]}});
      },
    ],
    [floats('poisonFromExamples', 'inputs'), () => loose(poisonFromExamples)(list, 2)],
    [floats('poisonInEpochs', 'inputs'), () => loose(poisonInEpochs)(list, 2)],
    [
      'training.poisonInEpochs: expected inputs of 2 examples of 3 numbers each, got 4 numbers',
      () => poisonInEpochs(examples, 3),
    ],
  ])('%s', async (says, call) => {
    expect(await messageOf(call)).toContain(says);
  });
});

it('evaluates classes beyond a byte', async () => {
  const many = mlp({inputs: 1, hidden: [], outputs: 300});
  const theta = new Float32Array(many.layout.dimension);
  theta[many.layout.dimension - 1] = 5;
  const thetas = tf.tensor2d(theta, [1, theta.length]);
  const [result] = await evaluate(many, thetas, [{inputs: Float32Array.of(1), labels: [299]}]);
  thetas.dispose();
  expect(result?.accuracy).toBe(1);
});
