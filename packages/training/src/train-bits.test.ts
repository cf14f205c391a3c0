/** Numbers of training as they were recorded before the state of a network became an object of its own. */
import {readFileSync} from 'node:fs';
import {startBackend} from '@minefield/backend/node';
import {createGenerator, fingerprint} from '@minefield/core';
import {type Model, type NormalizedModel, convNet, initialize, mlp} from '@minefield/models';
import {beforeAll, describe, expect, it} from 'vitest';
import {type NetworkTask, poisonInEpochs} from './network-task.ts';
import type {TrainingRecipe} from '@minefield/spec';
import {train} from './train.ts';
import type {TrainingSnapshot} from './training-result.ts';

/** Plain SIMD: the same bits on every machine. */
beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
});

/** Fingerprints of snapshots, evaluations and results. */
const recorded = JSON.parse(
  readFileSync(new URL('../test/fixtures/train-bits.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

const generator = createGenerator(12, 'train bits');

function examples(count: number, width: number, classes: number, label: string) {
  const inputs = new Float32Array(count * width);
  generator.derive(label).fillNormalInto(inputs);
  const labels = Uint8Array.from({length: count}, (_, i) => ((inputs[i * width] ?? 0) > 0 ? 1 : i % classes));
  return {inputs, labels};
}

/** Three networks: one of them poisoned, one that diverges at once. */
function tasksFor(model: Model | NormalizedModel, classes: number): NetworkTask[] {
  const width = model.inputShape.reduce((product, length) => product * length, 1);
  const shared = {
    train: examples(12, width, classes, 'train'),
    test: examples(7, width, classes, 'test'),
    poison: poisonInEpochs(examples(5, width, classes, 'poison'), width),
  };
  return [0, 0.7, 0].map((poisonFactor, k): NetworkTask => {
    const initial = initialize(model.layout, 'kaiming-normal', {generator: generator.derive('initial', k)});
    if (k === 2) initial[0] = Number.NaN;
    return {...shared, initial, poisonFactor, generator: generator.derive('training', k)};
  });
}

function bits(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) =>
    part instanceof Float32Array ? fingerprint(part) : part,
  );
  return fingerprint(text).slice(0, 16);
}

/** What is seen of a training, and of one that goes on from its snapshot. */
async function bitsOf(model: Model | NormalizedModel, classes: number, recipe: TrainingRecipe) {
  const tasks = tasksFor(model, classes).map((task) =>
    recipe.poisonPoints === 0 ? {...task, poisonFactor: 0} : task,
  );
  const seen: string[] = [];
  const snapshots: TrainingSnapshot[] = [];
  const results = await train(model, tasks, recipe, {
    snapshotSeconds: 0,
    onSnapshot: (snapshot) => void snapshots.push(snapshot),
    onEvaluation: ({step, thetas}) => void seen.push(bits([step, thetas])),
  });
  const resume = snapshots.find(({step}) => step === recipe.evaluateEvery);
  if (resume === undefined) throw new Error('expected a snapshot at the first evaluation');
  const resumed = await train(model, tasks, recipe, {resume});
  return [...seen, bits(resume), bits(results), bits(resumed)];
}

const recipe: TrainingRecipe = {
  steps: 12,
  optimizer: {name: 'adam'},
  learningRate: 0.05,
  schedule: {name: 'cosine'},
  poisonPoints: 4,
  evaluateEvery: 4,
};

describe('training gives the bits that it gave before', () => {
  it.each<[string, Partial<TrainingRecipe>]>([
    ['adam', {}],
    ['minibatches', {batchSize: 5, clipNorm: 0.5, weightDecay: 0.01, warmupSteps: 3}],
    ['momentum', {optimizer: {name: 'sgd', momentum: 0.9}, schedule: {name: 'step', factor: 0.1, at: [0.5]}}],
    ['target', {target: {trainAccuracy: 0.6, trainLoss: 0.6}, poisonPoints: 0, steps: 40, learningRate: 0.1}],
    ['rmsprop', {optimizer: {name: 'rmsprop'}, steps: 10}],
  ])('of perceptrons: %s', async (name, change) => {
    const model = mlp({inputs: 2, hidden: [6, 5], outputs: 1});
    expect(await bitsOf(model, 2, {...recipe, ...change})).toEqual(recorded[name]);
  });

  it('of clean networks, whether recipe and tasks speak of poison or not', async () => {
    const model = mlp({inputs: 2, hidden: [6, 5], outputs: 1});
    const poisoned = tasksFor(model, 2).filter(({poisonFactor}) => poisonFactor === 0);
    const clean = poisoned.map((task): NetworkTask => ({...task, poison: undefined}));
    const {poisonPoints: _, ...silent} = {...recipe, batchSize: 5};
    expect(bits(await train(model, clean, silent))).toBe(
      bits(await train(model, poisoned, {...silent, poisonPoints: 0})),
    );
  });

  it('of ConvNets', async () => {
    const model = convNet({inputShape: [4, 4, 1], widths: [4, 8], classes: 3});
    const change = {steps: 5, evaluateEvery: 2, statisticsExamples: 9};
    expect(await bitsOf(model, 3, {...recipe, ...change})).toEqual(recorded['conv-net']);
  });
});
