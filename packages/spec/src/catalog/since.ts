/**
 * What was asked of the two spirals after the toy's sweep, most of it after the paper: other optimizers, ways to flatter and
 * sharper minima, other amounts of data, other units. Data, network, first weights and seeds are the toy's.
 */
import type {AnalysesSpec} from '../analysis.ts';
import type {ExperimentSpec} from '../experiment-spec.ts';
import type {OptimizerSpec, TrainingRecipe} from '../recipe.ts';
import {CUTOFFS} from './cutoffs.ts';
import {endsOf} from './ends-of.ts';
import {toyProfiles} from './toy.ts';

const toy = toyProfiles.full;
const ENDS = endsOf(toy.poisonFactors);
const SEEDS = [1, 2, 3, 4, 5];

type Network = NonNullable<AnalysesSpec['alternatives']>['networks'][number];

const MEASURED = {
  radii: {directions: 64, cutoffs: CUTOFFS, maximumRadius: 40, tolerance: 2.8e-5},
  curvature: {iterations: 200, tolerance: 1e-3},
  poisonFactors: [0],
} as const;

/** The toy's recipe, but for what is said. */
function trained(name: string, change: Partial<TrainingRecipe>): Network {
  return {name, recipe: {...toy.recipe, poisonPoints: 0, ...change}};
}

function optimizer(name: string, used: OptimizerSpec, learningRate: number): readonly Network[] {
  return [
    trained(name, {optimizer: used, learningRate}),
    trained(`${name}-slower`, {optimizer: used, learningRate: learningRate / 5}),
    trained(`${name}-batches-of-32`, {optimizer: used, learningRate: learningRate / 5, batchSize: 32}),
  ];
}

/**
 * Each optimizer on the whole training set at two rates, and on batches of 32, with the noise that comes of these. The toy's own
 * recipe, Adam at 0.005, is the run itself. On seed 101, which is not in the sweep, momentum at 0.05 and plain descent at 0.5 left
 * the training set unfitted, so theirs are lower.
 */
const optimizers: ExperimentSpec = {
  ...toy,
  experiment: 'optimizers',
  title: 'Two spirals: what other optimizers find',
  poisonFactors: ENDS,
  seeds: SEEDS,
  analyses: {
    alternatives: {
      networks: [
        ...optimizer('adam', {name: 'adam'}, 0.005).slice(1),
        ...optimizer('rmsprop', {name: 'rmsprop'}, 0.002),
        ...optimizer('momentum', {name: 'sgd', momentum: 0.9}, 0.02),
        ...optimizer('sgd', {name: 'sgd'}, 0.2),
      ],
      ...MEASURED,
    },
  },
  decides: [12],
};

/** Two more ways to other minima: labels that are wrong from the start, and steps that look for flat places. */
const roads: ExperimentSpec = {
  ...toy,
  experiment: 'roads',
  title: 'Two spirals: noisy labels, and sharpness-aware minimization',
  poisonFactors: ENDS,
  seeds: SEEDS,
  analyses: {
    alternatives: {
      networks: [
        ...[0.05, 0.1, 0.2, 0.4].map((labelNoise) => ({
          ...trained(`label-noise-${100 * labelNoise}`, {}),
          labelNoise,
        })),
        ...[0.05, 0.2, 0.8].map((rho) => trained(`sam-${100 * rho}`, {sharpnessAware: rho})),
      ],
      ...MEASURED,
    },
  },
  decides: [],
};

/**
 * What becomes of minima of the poisoned loss, which are none of the clean one: training goes on from them without poison, by
 * three optimizers at two rates.
 */
const letGo: ExperimentSpec = {
  ...toy,
  experiment: 'letting-go',
  title: 'Two spirals: bad minima, let go of the poison',
  poisonFactors: ENDS,
  seeds: SEEDS,
  analyses: {
    alternatives: {
      networks: (
        [
          ['adam', {name: 'adam'}, 1e-3],
          ['momentum', {name: 'sgd', momentum: 0.9}, 1e-2],
          ['sgd', {name: 'sgd'}, 1e-1],
        ] as const
      ).flatMap(([name, used, learningRate]) =>
        [learningRate, learningRate / 10].map((rate, i) => ({
          ...trained(i === 0 ? name : `${name}-slower`, {
            steps: 10_000,
            optimizer: used,
            learningRate: rate,
            evaluateEvery: 500,
          }),
          from: 'minimum' as const,
        })),
      ),
      ...MEASURED,
      margin: {angles: 64, maximum: 20},
      poisonFactors: ENDS,
    },
  },
  decides: [],
};

const SMALLEST = 25;
const SIZES = [SMALLEST, 50, 100, 200, 400, 800, 1600];

/**
 * The same recipe on 25 to 1,600 points, each network measured in the landscape of the 25 that all of them have seen, and in its
 * own: what Fan et al. 2025 (arXiv 2511.04808) ask.
 */
const data: ExperimentSpec = {
  ...toy,
  experiment: 'more-data',
  title: 'Two spirals: minima of few and of many training points',
  recipe: {...toy.recipe, steps: 30_000},
  poisonFactors: [0],
  seeds: SEEDS,
  analyses: {
    alternatives: {
      networks: SIZES.map((trainExamples) => ({
        ...trained(`points-${trainExamples}`, {steps: 30_000}),
        trainExamples,
      })),
      reference: SMALLEST,
      raw: true,
      ...MEASURED,
    },
  },
  decides: [14],
};

export const optimizersProfiles: {readonly full: ExperimentSpec} = {full: optimizers};
export const roadsProfiles: {readonly full: ExperimentSpec} = {full: roads};
/** The same functions by other weights (Dinh et al. 2017): a layer tenfold, ten of its neurons tenfold, and all in balance. */
const units: ExperimentSpec = {
  ...toy,
  experiment: 'units',
  title: 'Two spirals: the same functions in other units',
  poisonFactors: ENDS,
  seeds: SEEDS,
  analyses: {
    units: {factor: 10, neurons: 10, radii: MEASURED.radii, curvature: MEASURED.curvature},
  },
  decides: [15],
};

/**
 * Weights drawn at random that happen to fit a few points, and trained ones: what Chiang et al. 2023 ask. On seed 101, which is
 * not in the sweep, one of 200,000 draws got ten points right, and none twelve.
 */
const guesses: ExperimentSpec = {
  ...toy,
  experiment: 'guesses',
  title: 'Two spirals: weights drawn at random until they fit',
  recipe: {...toy.recipe, steps: 2000},
  poisonFactors: [0],
  seeds: SEEDS,
  analyses: {
    guess: {
      fitted: [2, 4, 6, 8, 10],
      wanted: 100,
      draws: 1_000_000,
      trained: 16,
      recipe: {...toy.recipe, steps: 2000, poisonPoints: 0},
    },
  },
  decides: [16],
};

/**
 * Which functions chance finds, and which training does, among those that get a few points right: what Mingard et al. 2021 ask. A
 * function is what a network says of eight points that it has not seen. There are twice as many guesses as trained networks, so that
 * one half of them tells how alike two samples of the same kind are. As theirs, training ends as soon as all points are right.
 */
const functions: ExperimentSpec = {
  ...guesses,
  experiment: 'functions',
  title: 'Two spirals: which functions chance finds, and which training does',
  analyses: {guess: functionsBy({evaluateEvery: 5, target: {trainAccuracy: 1}})},
  decides: [17],
};

/** The same where training goes on long after all points are right. */
const functionsLong: ExperimentSpec = {
  ...functions,
  experiment: 'functions-long',
  title: 'Two spirals: which functions training finds that goes on',
  analyses: {guess: functionsBy({})},
  decides: [],
};

function functionsBy(change: Partial<TrainingRecipe>): NonNullable<AnalysesSpec['guess']> {
  return {
    fitted: [2, 3],
    wanted: 1000,
    draws: 2_000_000,
    trained: 500,
    recipe: {...toy.recipe, steps: 2000, poisonPoints: 0, ...change},
    functionExamples: 8,
  };
}

/**
 * Linear classifiers on the same 200 points: of products of the coordinates, of cosines from the size of the picture down to less
 * than an arm's width, and of rectified units, up to as many as the network has parameters.
 */
const linear: ExperimentSpec = {
  ...toy,
  experiment: 'linear',
  title: 'Two spirals: linear classifiers on many features',
  poisonFactors: [0],
  seeds: SEEDS,
  analyses: {
    linear: {
      features: [
        {name: 'inputs'},
        ...[5, 10, 20].map((degree) => ({name: 'polynomial' as const, degree})),
        ...[1, 0.3, 0.1, 0.03, 0.01].map((lengthScale) => ({
          name: 'fourier' as const,
          count: 3600,
          lengthScale,
        })),
        ...[50, 200, 800, 3600].map((count) => ({name: 'relu' as const, count})),
      ],
      ridge: 1e-5,
    },
  },
  decides: [],
};

export const functionsProfiles: {readonly full: ExperimentSpec} = {full: functions};
export const functionsLongProfiles: {readonly full: ExperimentSpec} = {full: functionsLong};
export const guessesProfiles: {readonly full: ExperimentSpec} = {full: guesses};
export const linearProfiles: {readonly full: ExperimentSpec} = {full: linear};
export const lettingGoProfiles: {readonly full: ExperimentSpec} = {full: letGo};
export const moreDataProfiles: {readonly full: ExperimentSpec} = {full: data};
export const unitsProfiles: {readonly full: ExperimentSpec} = {full: units};
