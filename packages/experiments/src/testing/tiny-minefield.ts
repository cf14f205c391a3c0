import type {ExperimentSpec} from '@minefield/spec';

/** A whole minefield in about a second: a path of 8 points, 4 searches in two jobs, and the map. */
export const tinyMinefield: ExperimentSpec = {
  experiment: 'tiny-minefield',
  profile: 'test',
  title: 'A tiny minefield',
  dataset: {name: 'regular-spirals', train: 40, test: 20, poison: 20, pointsPerClass: 40},
  model: {name: 'mlp', hidden: [8, 8]},
  initialization: 'xavier-uniform',
  recipe: {
    steps: 64,
    optimizer: {name: 'rmsprop'},
    learningRate: 0.01,
    schedule: {name: 'constant'},
    weightDecay: 1e-3,
    batchSize: 10,
    poisonPoints: 0,
    evaluateEvery: 8,
  },
  poisonFactors: [0],
  seeds: [1],
  analyses: {
    search: {
      every: 16,
      group: 2,
      poisonFactor: 0.5,
      recipe: {
        steps: 40,
        optimizer: {name: 'adam'},
        learningRate: 0.01,
        schedule: {name: 'cosine'},
        poisonPoints: 20,
        evaluateEvery: 20,
      },
    },
    minefield: {components: 5, perplexity: 3, iterations: 100},
  },
  decides: [11],
};

/** The path, two groups of searches, the map. */
export const TINY_MINEFIELD_JOBS = 4;
