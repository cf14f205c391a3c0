import {createGenerator} from '@minefield/core';
import {mlp} from '@minefield/models';
import {expect, it} from 'vitest';
import {checkTraining} from './check-training.ts';
import {emptyCurves} from './learning-curves.ts';
import type {NetworkTask} from './network-task.ts';
import type {TrainingRecipe} from '@minefield/spec';
import type {NetworkSnapshot} from './training-result.ts';

const model = mlp({inputs: 2, hidden: [3], outputs: 1});
const theta = new Float32Array(model.layout.dimension);
const examples = (...labels: readonly number[]) => ({inputs: new Float32Array(2 * labels.length), labels});
const task: NetworkTask = {
  initial: theta,
  poisonFactor: 0.3,
  train: examples(0, 1, 1),
  test: examples(1, 0),
  poison: () => undefined,
  generator: createGenerator(1),
};
const recipe: TrainingRecipe = {
  steps: 40,
  optimizer: {name: 'adam'},
  learningRate: 0.01,
  schedule: {name: 'constant'},
  poisonPoints: 11,
  evaluateEvery: 10,
};
const network: NetworkSnapshot = {
  theta,
  lastFinite: theta,
  slots: [theta, theta],
  poison: {key: [0, 0], position: 0},
  curves: emptyCurves(),
};

interface Change {
  readonly tasks?: readonly Partial<NetworkTask>[];
  readonly recipe?: Partial<TrainingRecipe>;
  readonly step?: number;
  readonly network?: Partial<NetworkSnapshot>;
}

function check(change: Change): void {
  const tasks = (change.tasks ?? [{}]).map((other) => ({...task, ...other}));
  const networks = [{...network, ...change.network}];
  checkTraining(model, tasks, {...recipe, ...change.recipe}, {step: change.step ?? 1, networks});
}

it('takes what fits, the first and the last step of a snapshot included', () => {
  expect(() => check({step: 0})).not.toThrow();
  expect(() =>
    check({step: 40, tasks: [{poisonFactor: 0}], recipe: {poisonPoints: 0, batchSize: 3}}),
  ).not.toThrow();
});

it.each<[string, Change, RegExp]>([
  ['an empty test set', {tasks: [{test: examples()}]}, /of at least 1, got sizes 0/],
  ['test sets of two sizes', {tasks: [{}, {test: examples(1)}]}, /one size .* got sizes 2,1/],
  [
    'inputs that labels do not fit',
    {tasks: [{test: {...examples(1), labels: [1, 0]}}]},
    /inputs \[2, 2\] .* got 2 numbers/,
  ],
  ['a label that is no class', {tasks: [{train: examples(0, 2)}]}, /labels in 0\.\.1, got 2 at example 1/],
  ['a fractional label', {tasks: [{test: examples(0.5)}]}, /got 0\.5 at example 0/],
  ['a fraction of poison', {recipe: {poisonPoints: 1.5}}, /poisonPoints >= 0, got 1\.5/],
  ['poison of which a step has none', {recipe: {poisonPoints: 0}}, /for a poison factor of 0\.3, got 0/],
  ['a negative batch', {recipe: {batchSize: -1}}, /batchSize >= 1, got -1/],
  ['no evaluation', {recipe: {evaluateEvery: 0}}, /evaluateEvery >= 1, got 0/],
  ['steps that are no number', {recipe: {steps: Number.NaN}}, /steps >= 0, got NaN/],
  ['statistics of no example', {recipe: {statisticsExamples: 0}}, /statisticsExamples >= 1, got 0/],
  ['a snapshot of other tasks', {tasks: [{}, {}]}, /with 2 networks/],
  ['a snapshot of another optimizer', {recipe: {optimizer: {name: 'sgd'}}}, /of 2 vectors of 13 numbers/],
  ['a snapshot of another model', {network: {theta: new Float32Array(3)}}, /got step 1 with \[3\+13\+13\]/],
  ['a snapshot beyond the end', {step: 41}, /at a step in 0\.\.40 .* got step 41/],
])('refuses %s', (_, change, message) => {
  expect(() => check(change)).toThrow(message);
});
