import type {ExperimentSpec} from '@minefield/spec';

/** A sweep of seconds whose trainings and basins are long enough to be hit in the middle. */
export const faultSpec: ExperimentSpec = {
  experiment: 'faults',
  profile: 'test',
  title: 'A sweep to break off',
  dataset: {name: 'two-spirals', train: 40, test: 40, fresh: 100},
  model: {name: 'mlp', hidden: [8, 8]},
  initialization: 'kaiming-uniform',
  recipe: {
    steps: 1500,
    optimizer: {name: 'adam'},
    learningRate: 0.01,
    schedule: {name: 'cosine'},
    batchSize: 20,
    poisonPoints: 20,
    evaluateEvery: 250,
  },
  poisonFactors: [0, 0.8],
  seeds: [1, 2],
  analyses: {
    basin: {
      directions: 300,
      cutoffs: [{kind: 'loss', value: 1}],
      maximumRadius: 100,
      tolerance: 1e-3,
      profiles: {directions: 2, points: 5},
    },
    margin: {angles: 16, maximum: 20},
  },
  decides: [],
};

/** Four runs, and a basin and a margin of each. */
export const FAULT_JOBS = 12;
