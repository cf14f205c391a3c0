import {checkRecipe} from './check-recipe.ts';
import type {ScheduleSpec, TrainingRecipe} from '@minefield/spec';

/**
 * Learning rate of step `step` (0 the first) under a recipe.
 *
 * @throws {InputError} when the recipe makes no sense
 */
export function learningRateAt(recipe: TrainingRecipe, step: number): number {
  checkRecipe('learningRateAt', recipe);
  return rateAt(recipe, step);
}

/** The same of a recipe that has been checked. */
export function rateAt(
  {learningRate, schedule, steps, warmupSteps = 0}: TrainingRecipe,
  step: number,
): number {
  const warmup = warmupSteps > 0 ? Math.min(1, (step + 1) / warmupSteps) : 1;
  return learningRate * warmup * decay(schedule, step / steps);
}

function decay(schedule: ScheduleSpec, progress: number): number {
  switch (schedule.name) {
    case 'constant':
      return 1;
    case 'cosine':
      return 0.5 * (1 + Math.cos(Math.PI * progress));
    case 'step':
      return schedule.factor ** schedule.at.filter((fraction) => progress >= fraction).length;
  }
}
