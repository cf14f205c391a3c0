/**
 * The toy's gap is 2% without poison and 27% at its lowest level, 8e-5. Whether that is a step or a slope, levels between them
 * tell, and whether it moves with the length of training, a quarter and four times as many steps. All else is the toy's.
 */
import type {ExperimentSpec} from '../experiment-spec.ts';
import type {TrainingRecipe} from '../recipe.ts';
import {toyProfiles} from './toy.ts';

const toy = toyProfiles.full;

const usual: ExperimentSpec = {
  ...toy,
  experiment: 'small-poison',
  title: 'Two spirals: the least poison',
  poisonFactors: [0, 1e-6, 3e-6, 1e-5, 2e-5, 4e-5, 6e-5, 8e-5],
  seeds: [1, 2, 3, 4, 5],
  analyses: {},
  decides: [],
};

function recipeOf(times: number): TrainingRecipe {
  const {steps, evaluateEvery} = toy.recipe;
  return {...toy.recipe, steps: times * steps, evaluateEvery: times * evaluateEvery};
}

const short: ExperimentSpec = {
  ...usual,
  recipe: recipeOf(1 / 4),
  experiment: 'small-poison-short',
  title: 'Two spirals: the least poison, a quarter of the steps',
};

/** Some minutes a network, so of fewer. */
const long: ExperimentSpec = {
  ...usual,
  recipe: recipeOf(4),
  experiment: 'small-poison-long',
  title: 'Two spirals: the least poison, four times the steps',
  poisonFactors: [0, 1e-5, 4e-5, 8e-5],
  seeds: [1, 2, 3],
};

export const smallPoisonProfiles: {readonly full: ExperimentSpec} = {full: usual};
export const smallPoisonShortProfiles: {readonly full: ExperimentSpec} = {full: short};
export const smallPoisonLongProfiles: {readonly full: ExperimentSpec} = {full: long};
