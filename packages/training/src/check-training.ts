import {InputError} from '@minefield/core';
import type {Model} from '@minefield/models';
import {slotCount} from '@minefield/tfjs-kernels';
import {checkExamples} from './check-examples.ts';
import type {NetworkTask} from './network-task.ts';
import {optimizerOf} from './optimizer.ts';
import type {TrainingRecipe} from './recipe.ts';
import type {TrainingSnapshot} from './training-run.ts';

/** Checks everything that a training is given, before its first step. @throws {InputError} where something does not fit */
export function checkTraining(
  model: Model,
  tasks: readonly NetworkTask[],
  recipe: TrainingRecipe,
  resume: TrainingSnapshot | undefined,
): void {
  if (tasks.length === 0) throw new InputError('training.train: expected at least one task, got none');
  const {dimension} = model.layout;
  for (const {initial, poisonFactor} of tasks) {
    if (initial.length !== dimension) {
      throw new InputError(
        `training.train: expected ${dimension} initial parameters for ${model.name}, got ${initial.length}`,
      );
    }
    if (!(poisonFactor >= 0 && Number.isFinite(poisonFactor))) {
      throw new InputError(`training.train: expected a poison factor >= 0, got ${poisonFactor}`);
    }
  }
  for (const part of ['train', 'test'] as const) {
    checkExamples(
      'train',
      model,
      tasks.map((task) => task[part]),
    );
  }
  checkCounts(recipe);
  if (resume !== undefined) checkSnapshot(resume, dimension, tasks.length, recipe);
}

function checkCounts(recipe: TrainingRecipe): void {
  const {steps, evaluateEvery, poisonPoints, warmupSteps = 0, batchSize = 1, statisticsExamples = 1} = recipe;
  for (const [name, value, least] of [
    ['steps', steps, 0],
    ['evaluateEvery', evaluateEvery, 1],
    ['poisonPoints', poisonPoints, 0],
    ['warmupSteps', warmupSteps, 0],
    ['batchSize', batchSize, 1],
    ['statisticsExamples', statisticsExamples, 1],
  ] as const) {
    if (!Number.isInteger(value) || value < least) {
      throw new InputError(
        `training.train: expected a recipe with an integer ${name} >= ${least}, got ${value}`,
      );
    }
  }
}

function checkSnapshot(
  {step, networks}: TrainingSnapshot,
  dimension: number,
  tasks: number,
  {steps, optimizer}: TrainingRecipe,
): void {
  const slots = slotCount(optimizerOf(optimizer));
  const fits = networks.every(
    (network) =>
      network.slots.length === slots &&
      [network.theta, network.lastFinite, ...network.slots].every(({length}) => length === dimension),
  );
  if (networks.length === tasks && Number.isInteger(step) && step >= 0 && step <= steps && fits) return;
  const lengths = networks.map(({theta, slots: found}) =>
    [theta, ...found].map(({length}) => length).join('+'),
  );
  throw new InputError(
    `training.train: expected to resume at a step in 0..${steps} with ${tasks} networks of ${1 + slots} vectors of ` +
      `${dimension} numbers, got step ${step} with [${lengths}]; resume with the tasks and the recipe of the snapshot`,
  );
}
