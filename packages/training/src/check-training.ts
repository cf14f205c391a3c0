import {InputError} from '@minefield/core';
import {type Model, checkFloats, classCount} from '@minefield/models';
import {slotCount} from '@minefield/tfjs-kernels';
import {checkExamples} from './check-examples.ts';
import {checkRecipe} from './check-recipe.ts';
import type {NetworkTask} from './network-task.ts';
import {optimizerOf} from './optimizer.ts';
import type {TrainingRecipe} from '@minefield/spec';
import type {TrainingSnapshot} from './training-result.ts';

/** Labels of a batch stand in a `Uint8Array`. */
const MOST_CLASSES = 256;

/** Checks everything that a training is given, before its first step. @throws {InputError} where something does not fit */
export function checkTraining(
  model: Model,
  tasks: readonly NetworkTask[],
  recipe: TrainingRecipe,
  resume: TrainingSnapshot | undefined,
): void {
  if (!Array.isArray(tasks) || tasks.length === 0) {
    throw new InputError('training.train: expected at least one task, got none; give an array of them');
  }
  checkRecipe('train', recipe);
  const {dimension} = model.layout;
  const {poisonPoints = 0} = recipe;
  if (classCount(model) > MOST_CLASSES) {
    throw new InputError(
      `training.train: expected at most ${MOST_CLASSES} classes, got ${classCount(model)} of ${model.name}; labels of poison are bytes`,
    );
  }
  for (const {initial, poisonFactor, poison, generator} of tasks) {
    checkFloats('training.train', 'initial parameters', initial);
    if (typeof generator?.derive !== 'function') {
      throw new InputError(
        'training.train: expected tasks with a generator, got one without; createGenerator(seed) of @minefield/core makes one',
      );
    }
    if (typeof poison !== 'function' && (poison !== undefined || poisonPoints > 0)) {
      throw new InputError(
        `training.train: expected tasks with a poison source for ${poisonPoints} poisonPoints, got one without; ` +
          'poisonFromExamples makes one, or leave poisonPoints out of the recipe',
      );
    }
    if (initial.length !== dimension) {
      throw new InputError(
        `training.train: expected ${dimension} initial parameters for ${model.name}, got ${initial.length}`,
      );
    }
    if (!(poisonFactor >= 0 && Number.isFinite(poisonFactor))) {
      throw new InputError(`training.train: expected a poison factor >= 0, got ${poisonFactor}`);
    }
    if (poisonFactor > 0 && (recipe.poisonPoints ?? 0) === 0) {
      throw new InputError(
        `training.train: expected a recipe with poisonPoints for a poison factor of ${poisonFactor}, got ${recipe.poisonPoints ?? 'none'}; ` +
          'say how many poison examples a step has',
      );
    }
  }
  for (const part of ['train', 'test'] as const) {
    checkExamples(
      'train',
      model,
      tasks.map((task) => task[part]),
    );
  }
  if (resume !== undefined) checkSnapshot(resume, dimension, tasks.length, recipe);
}

function checkSnapshot(
  {step, networks}: TrainingSnapshot,
  dimension: number,
  tasks: number,
  {steps, optimizer}: TrainingRecipe,
): void {
  for (const {theta, lastFinite, slots: found} of networks) {
    for (const vector of [theta, lastFinite, ...found])
      checkFloats('training.train', 'a snapshot’s vectors', vector);
  }
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
