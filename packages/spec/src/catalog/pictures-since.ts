/**
 * Two of the questions after the toy's sweep, asked of house numbers drawn by arithmetic: other optimizers, and other amounts of
 * data. Their ConvNet is half as wide as that of `house-numbers`, since there are many to train. Nothing is poisoned.
 */
import type {AnalysesSpec} from '../analysis.ts';
import type {ExperimentSpec} from '../experiment-spec.ts';
import type {OptimizerSpec, TrainingRecipe} from '../recipe.ts';
import {CUTOFFS} from './cutoffs.ts';
import {houseNumbersProfiles} from './house-numbers.ts';
import {USUAL_SIZE} from './picture-analyses.ts';

const pictures = houseNumbersProfiles.cpu;

type Network = NonNullable<AnalysesSpec['alternatives']>['networks'][number];

/** 40 epochs of 4,000 pictures. On seed 101, which is not in the sweep, 48 gave 99.98% of them, and 80% of others. */
const STEPS = 1240;

const RECIPE: TrainingRecipe = {
  ...pictures.recipe,
  poisonPoints: 0,
  steps: STEPS,
  evaluateEvery: STEPS / 10,
};

const COMMON = {
  ...pictures,
  model: {name: 'conv-net', widths: [8, 16, 32, 32]},
  poisonFactors: [0],
  seeds: [1, 2, 3],
  decides: [],
} as const satisfies Partial<ExperimentSpec>;

const FOUR_TIMES: Partial<TrainingRecipe> = {steps: 4 * STEPS, evaluateEvery: (4 * STEPS) / 10};

const RADII = {cutoffs: CUTOFFS, maximumRadius: 200, tolerance: 1e-5} as const;

function trained(name: string, change: Partial<TrainingRecipe>): Network {
  return {name, recipe: {...RECIPE, ...change}};
}

function atTwoRates(name: string, optimizer: OptimizerSpec, learningRate: number): readonly Network[] {
  return [
    trained(name, {optimizer, learningRate}),
    trained(`${name}-slower`, {optimizer, learningRate: learningRate / 5}),
  ];
}

/** Eight times the rate, and the same rate for four times as long. */
function untilTheyFit(name: string, optimizer: OptimizerSpec, learningRate: number): readonly Network[] {
  return [
    trained(`${name}-faster`, {optimizer, learningRate: 8 * learningRate}),
    trained(`${name}-longer`, {optimizer, learningRate, ...FOUR_TIMES}),
  ];
}

const MOMENTUM = {name: 'sgd', momentum: 0.9} as const;

/**
 * Each optimizer at two rates, and momentum on batches a quarter as large, for as many epochs, and eight times as large, for twice
 * as many: more noise and less. House numbers' own recipe, momentum at 0.05 on batches of 128, is the run itself. Adam and RMSprop
 * fit at neither rate, so they are there in two more ways. Of seed 101 Adam fits 100% of the pictures at 0.008, and 99.4% at 0.001
 * in 4,960 steps, but 94% at 0.003 in the usual 1,240; RMSprop 100% at 0.008. The whole set in a step, as the toy has it, would
 * take an hour of a core for a network.
 */
const optimizers: ExperimentSpec = {
  ...COMMON,
  experiment: 'picture-optimizers',
  title: 'House numbers: what other optimizers find',
  recipe: RECIPE,
  analyses: {
    alternatives: {
      networks: [
        ...atTwoRates('momentum', MOMENTUM, 0.05).slice(1),
        trained('momentum-batches-of-32', {
          optimizer: MOMENTUM,
          learningRate: 0.05 / 4,
          batchSize: 32,
          ...FOUR_TIMES,
        }),
        trained('momentum-batches-of-1024', {
          optimizer: MOMENTUM,
          learningRate: 0.2,
          batchSize: 1024,
          steps: STEPS / 4,
          evaluateEvery: STEPS / 4 / 10,
        }),
        ...atTwoRates('sgd', {name: 'sgd'}, 0.5),
        ...atTwoRates('adam', {name: 'adam'}, 1e-3),
        ...atTwoRates('rmsprop', {name: 'rmsprop'}, 1e-3),
        ...untilTheyFit('adam', {name: 'adam'}, 1e-3),
        ...untilTheyFit('rmsprop', {name: 'rmsprop'}, 1e-3),
      ],
      measuredExamples: USUAL_SIZE.examples,
      radii: {...RADII, directions: USUAL_SIZE.directions},
      curvature: {iterations: 60, tolerance: 1e-2},
    },
  },
};

const SMALLEST = 250;
const SIZES = [SMALLEST, 500, 1000, 2000, 4000, 8000, 16_000];
const LONG: Partial<TrainingRecipe> = {steps: 3000, evaluateEvery: 300, statisticsExamples: SMALLEST};

/**
 * The same recipe on 250 to 16,000 pictures, each network measured in the landscape of the 250 that all of them have seen, and in
 * that of the first thousand of its own. On seed 101 half as many steps gave 94% of 16,000, and all of 250.
 */
const data: ExperimentSpec = {
  ...COMMON,
  experiment: 'more-pictures',
  title: 'House numbers: minima of few and of many training pictures',
  dataset: {name: 'house-numbers', train: 16_000, test: 4000, poison: 128},
  recipe: {...RECIPE, ...LONG},
  analyses: {
    alternatives: {
      networks: SIZES.map((trainExamples) => ({
        ...trained(`pictures-${trainExamples}`, LONG),
        trainExamples,
      })),
      reference: SMALLEST,
      measuredExamples: 1000,
      raw: true,
      radii: {...RADII, directions: 8},
      curvature: {iterations: 40, tolerance: 1e-2},
    },
  },
  decides: [14],
};

export const pictureOptimizersProfiles: {readonly cpu: ExperimentSpec} = {cpu: optimizers};
export const morePicturesProfiles: {readonly cpu: ExperimentSpec} = {cpu: data};
