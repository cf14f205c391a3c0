import {InputError, type OptionKeys, checkOptions, checkWord} from '@minefield/core';
import type {OptimizerSpec, ScheduleSpec, TrainingRecipe, TrainingTarget} from '@minefield/spec';

const KEYS: OptionKeys<TrainingRecipe> = {
  steps: true,
  optimizer: true,
  learningRate: true,
  schedule: true,
  warmupSteps: true,
  clipNorm: true,
  sharpnessAware: true,
  weightDecay: true,
  weightDecayOf: true,
  batchSize: true,
  poisonPoints: true,
  evaluateEvery: true,
  statisticsExamples: true,
  target: true,
};

/** Optimizers and schedules by name, and the keys of each. */
const OPTIMIZERS: {readonly [N in OptimizerSpec['name']]: OptionKeys<Extract<OptimizerSpec, {name: N}>>} = {
  adam: {name: true, beta1: true, beta2: true, epsilon: true},
  sgd: {name: true, momentum: true},
  rmsprop: {name: true, decay: true, epsilon: true},
};
const SCHEDULES: {readonly [N in ScheduleSpec['name']]: OptionKeys<Extract<ScheduleSpec, {name: N}>>} = {
  constant: {name: true},
  cosine: {name: true},
  step: {name: true, factor: true, at: true},
};
const TARGET: OptionKeys<TrainingTarget> = {trainAccuracy: true, trainLoss: true};

/**
 * Checks a recipe whole, before anything is trained by it.
 *
 * @param caller the public function that was given it
 * @throws {InputError} naming what is missing, misspelt or makes no sense
 */
export function checkRecipe(caller: string, recipe: TrainingRecipe): void {
  checkOptions(`training.${caller}`, recipe, KEYS);
  const {
    steps,
    evaluateEvery,
    poisonPoints = 0,
    warmupSteps = 0,
    batchSize = 1,
    statisticsExamples = 1,
  } = recipe;
  const refuse = (expected: string, got: unknown): never => {
    throw new InputError(`training.${caller}: expected a recipe with ${expected}, got ${String(got)}`);
  };
  for (const [name, value, least] of [
    ['steps', steps, 0],
    ['evaluateEvery', evaluateEvery, 1],
    ['poisonPoints', poisonPoints, 0],
    ['warmupSteps', warmupSteps, 0],
    ['batchSize', batchSize, 1],
    ['statisticsExamples', statisticsExamples, 1],
  ] as const) {
    if (!Number.isInteger(value) || value < least) refuse(`an integer ${name} >= ${least}`, value);
  }
  const {
    learningRate,
    clipNorm = 1,
    sharpnessAware = 1,
    weightDecay = 0,
    weightDecayOf = 'kernels',
    target,
  } = recipe;
  if (!Number.isFinite(learningRate)) refuse('a learningRate', learningRate);
  if (!(clipNorm > 0)) refuse('a clipNorm > 0', clipNorm);
  if (!(sharpnessAware > 0)) refuse('a sharpnessAware > 0', sharpnessAware);
  if (!(weightDecay >= 0)) refuse('a weightDecay >= 0', weightDecay);
  if (weightDecayOf !== 'kernels') refuse("a weightDecayOf that is 'kernels', or none", weightDecayOf);
  checkNamed(caller, 'optimizer', recipe.optimizer, OPTIMIZERS);
  checkNamed(caller, 'schedule', recipe.schedule, SCHEDULES);
  const {schedule} = recipe;
  if (
    schedule.name === 'step' &&
    !(Number.isFinite(schedule.factor) && schedule.at?.every(Number.isFinite))
  ) {
    refuse('a schedule of a number as factor and fractions of all steps as at', JSON.stringify(schedule));
  }
  if (target === undefined) return;
  checkOptions(`training.${caller}`, target, TARGET);
  if (Number.isNaN(Number(target.trainAccuracy)) || Number.isNaN(target.trainLoss ?? 0)) {
    refuse('a target with a trainAccuracy', JSON.stringify(target));
  }
}

/** Checks the name of an optimizer or schedule, and that its constants are numbers that it has. */
function checkNamed<T extends {readonly name: string}>(
  caller: string,
  what: string,
  spec: T,
  known: {readonly [N in T['name']]: OptionKeys<Extract<T, {name: N}>>},
): void {
  const names = Object.keys(known) as T['name'][];
  if (typeof spec !== 'object' || spec === null) {
    throw new InputError(
      `training.${caller}: expected a recipe with an object as ${what}, such as {name: '${names[0]}'}, got ${String(spec)}`,
    );
  }
  const name: T['name'] = spec.name;
  checkWord(`training.${caller}`, `a name of the ${what}`, name, names);
  checkOptions(`training.${caller}`, spec as Extract<T, {name: T['name']}>, known[name]);
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'name' || key === 'at' || Number.isFinite(value)) continue;
    throw new InputError(
      `training.${caller}: expected a number as ${key} of the ${what}, got ${String(value)}`,
    );
  }
}
