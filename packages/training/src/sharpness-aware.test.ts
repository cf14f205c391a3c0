import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {initialize, mlp} from '@minefield/models';
import type {TrainingRecipe} from '@minefield/spec';
import {beforeAll, expect, it} from 'vitest';
import {train} from './train.ts';

const model = mlp({inputs: 2, hidden: [5, 4], outputs: 1, activation: 'tanh'});
const generator = createGenerator(3, 'points');
const inputs = Float32Array.from({length: 24}, () => generator.normal());
const labels = Array.from({length: 12}, (_, i) => i % 2);
const examples = {inputs, labels};
const RATE = 0.5;

const recipe: TrainingRecipe = {
  steps: 1,
  optimizer: {name: 'sgd'},
  learningRate: RATE,
  schedule: {name: 'constant'},
  poisonPoints: 0,
  evaluateEvery: 1,
};

async function stepsFrom(
  starts: readonly Float32Array[],
  changes: Partial<TrainingRecipe> = {},
): Promise<Float32Array[]> {
  const tasks = starts.map((initial) => ({
    initial,
    poisonFactor: 0,
    train: examples,
    test: examples,
    poison: () => {},
    generator: createGenerator(1),
  }));
  return (await train(model, tasks, {...recipe, ...changes})).map(({theta}) => theta);
}

/** What gradient descent saw at a start, from where its one step led. */
const gradientOf = (start: Float32Array, end: Float32Array): Float64Array =>
  Float64Array.from(start, (value, i) => (value - (end[i] ?? Number.NaN)) / RATE);

const start = initialize(model.layout, 'xavier-uniform', {generator: createGenerator(1, 'start')});

beforeAll(() => startBackend({name: 'wasm', deterministic: true}));

it('steps by the gradient where the loss is higher, ρ along the gradient', async () => {
  const rho = 0.3;
  const [plain = start] = await stepsFrom([start]);
  const gradient = gradientOf(start, plain);
  const norm = Math.hypot(...gradient);
  const above = start.map((value, i) => value + (rho * (gradient[i] ?? 0)) / norm);
  const [fromAbove = above] = await stepsFrom([above]);
  const expected = gradientOf(above, fromAbove);
  const [aware = start] = await stepsFrom([start], {sharpnessAware: rho});
  gradientOf(start, aware).forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5));
  expect(Math.hypot(...expected.map((value, i) => value - (gradient[i] ?? 0)))).toBeGreaterThan(0.01 * norm);
});

it('is the plain step as ρ goes to 0, and scales each network by its own gradient', async () => {
  const other = start.map((value) => 2 * value);
  const [plain = start] = await stepsFrom([start]);
  const [near = start] = await stepsFrom([start], {sharpnessAware: 1e-6});
  near.forEach((value, i) => expect(value).toBeCloseTo(plain[i] ?? Number.NaN, 6));
  const [together] = await stepsFrom([start, other], {sharpnessAware: 0.3});
  const [alone] = await stepsFrom([start], {sharpnessAware: 0.3});
  expect(together).toEqual(alone);
});

it('refuses a ρ that is no distance', async () => {
  await expect(stepsFrom([start], {sharpnessAware: 0})).rejects.toThrow(
    /expected a recipe with a sharpnessAware > 0, got 0/,
  );
});
