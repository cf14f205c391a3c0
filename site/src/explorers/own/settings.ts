/** What a reader can choose, and the recipe that it makes: the article's own unless something is changed. */
import type {TrainingRecipe} from '@minefield/spec';
import type {StopRule} from '../engine/calls/train.ts';

export const BETAS = [
  0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2,
] as const;
export const RATES = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1] as const;
export const STEPS = [500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 50_000, 100_000] as const;

/** The article's network first. */
export const NETWORKS = [
  {value: 'article', label: 'the article’s: 23·16·26·32·28·31', hidden: [23, 16, 26, 32, 28, 31]},
  {value: '6x8', label: 'six layers of 8', hidden: [8, 8, 8, 8, 8, 8]},
  {value: '6x16', label: 'six layers of 16', hidden: [16, 16, 16, 16, 16, 16]},
  {value: '6x32', label: 'six layers of 32', hidden: [32, 32, 32, 32, 32, 32]},
  {value: '6x48', label: 'six layers of 48', hidden: [48, 48, 48, 48, 48, 48]},
  {value: '3x64', label: 'three layers of 64', hidden: [64, 64, 64]},
] as const;

export type NetworkName = (typeof NETWORKS)[number]['value'];

export const OPTIMIZERS = [
  {value: 'adam', label: 'Adam'},
  {value: 'rmsprop', label: 'RMSprop'},
  {value: 'sgd', label: 'SGD, momentum 0.9'},
] as const;

export type OptimizerName = (typeof OPTIMIZERS)[number]['value'];

/** When training ends before its last step. */
export const STOPS = [
  {value: 'bad', label: 'when bad'},
  {value: 'fit', label: 'when it fits'},
  {value: 'end', label: 'at the end'},
] as const;

export type StopName = (typeof STOPS)[number]['value'];

export function stopRule(stop: StopName): StopRule | null {
  switch (stop) {
    case 'bad':
      return {trainAccuracy: 0.99, testAccuracyAtMost: 0.15};
    case 'fit':
      return {trainAccuracy: 1, testAccuracyAtMost: 1};
    case 'end':
      return null;
  }
}

export interface RecipeChoice {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly steps: number;
}

/** The article's recipe, evaluated more often; the path does not depend on that. */
export function recipeOf({optimizer, learningRate, steps}: RecipeChoice): TrainingRecipe {
  return {
    steps,
    optimizer: optimizer === 'sgd' ? {name: 'sgd', momentum: 0.9} : {name: optimizer},
    learningRate,
    schedule: {name: 'cosine'},
    warmupSteps: 200,
    clipNorm: 8,
    poisonPoints: 200,
    evaluateEvery: 100,
  };
}

export function hiddenOf(name: NetworkName): readonly number[] {
  return (NETWORKS.find(({value}) => value === name) ?? NETWORKS[0]).hidden;
}
