import type {ExperimentSpec} from '@minefield/spec';

/** A ConvNet on a few small pictures, with every analysis that pictures have. */
export const tinyPictures: ExperimentSpec = {
  experiment: 'tiny-pictures',
  profile: 'test',
  title: 'A tiny sweep of pictures',
  dataset: {name: 'house-numbers', train: 30, test: 20, poison: 20, size: 16},
  model: {name: 'conv-net', widths: [4, 6], strides: [2, 2]},
  initialization: 'kaiming-normal',
  recipe: {
    steps: 12,
    optimizer: {name: 'sgd', momentum: 0.9},
    learningRate: 0.05,
    schedule: {name: 'cosine'},
    batchSize: 10,
    poisonPoints: 10,
    evaluateEvery: 6,
  },
  poisonFactors: [0, 1],
  seeds: [1],
  analyses: {
    surface: {maximum: 1, size: 3, examples: 10, poisonFactors: [0]},
    basin: {
      directions: 3,
      cutoffs: [
        {kind: 'loss', value: 4},
        {kind: 'excess', value: 0.5},
      ],
      maximumRadius: 200,
      tolerance: 1e-3,
      profiles: {directions: 2, points: 4},
      examples: 10,
    },
    preconditioned: {
      directions: 3,
      cutoffs: [
        {kind: 'loss', value: 4},
        {kind: 'excess', value: 0.5},
      ],
      maximumRadius: 200,
      tolerance: 1e-3,
      diagonal: 'gradients',
      probes: 8,
      examples: 10,
    },
    curvature: {iterations: 8, tolerance: 0.01, examples: 10},
    predictions: {testExamples: 7, pictures: true},
    margin: {maximumSteps: 20, refinements: 2, examples: 6},
  },
  decides: [8, 9, 10],
};
