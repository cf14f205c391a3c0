import type {ExperimentSpec} from '@minefield/spec';

/** A whole experiment with every analysis, in about a second. */
export const tinySpec: ExperimentSpec = {
  experiment: 'tiny',
  profile: 'test',
  title: 'A tiny sweep',
  dataset: {name: 'two-spirals', train: 40, test: 40, fresh: 100},
  model: {name: 'mlp', hidden: [8, 8]},
  initialization: 'kaiming-uniform',
  recipe: {
    steps: 40,
    optimizer: {name: 'adam'},
    learningRate: 0.01,
    schedule: {name: 'constant'},
    poisonPoints: 20,
    evaluateEvery: 20,
  },
  poisonFactors: [0, 0.8],
  seeds: [1, 2],
  analyses: {
    boundary: {halfWidth: 20, size: 8, seeds: [1]},
    line: {maximum: 1, points: 5, poisonFactors: [0]},
    surface: {maximum: 1, size: 5, seeds: [2]},
    perturbation: {
      directions: 2,
      points: 5,
      excess: 0.5,
      times: 2,
      maximum: 100,
      boundary: {halfWidth: 20, size: 8},
      seeds: [1],
      poisonFactors: [0.8],
    },
    basin: {
      directions: 8,
      cutoffs: [
        {kind: 'loss', value: 1},
        {kind: 'excess', value: 0.5},
      ],
      maximumRadius: 100,
      tolerance: 1e-3,
      profiles: {directions: 3, points: 6},
    },
    preconditioned: {
      directions: 5,
      cutoffs: [{kind: 'loss', value: 1}],
      maximumRadius: 100,
      tolerance: 1e-3,
      probes: 4,
      poisonFactors: [0.8],
    },
    spectrum: {steps: 6, samples: 2, seeds: [1]},
    llc: {chains: 2, burnIn: 2, draws: 8, stepSize: 1e-5, localization: 100, blocks: 4, seeds: [1]},
    trajectory: {size: 4, seeds: [1], poisonFactors: [0.8]},
    connectivity: {to: 0, points: 5, steps: 10, learningRate: 0.01, seeds: [2]},
    matched: {
      evaluateEvery: 10,
      radii: {directions: 4, cutoffs: [{kind: 'loss', value: 1}], maximumRadius: 100, tolerance: 1e-3},
      curvature: {iterations: 10, tolerance: 0.01},
      seeds: [1],
      poisonFactors: [0.8],
    },
    alternatives: {
      networks: [
        {
          name: 'sgd',
          recipe: {
            steps: 20,
            optimizer: {name: 'sgd', momentum: 0.9},
            learningRate: 0.01,
            schedule: {name: 'constant'},
            batchSize: 10,
            poisonPoints: 0,
            evaluateEvery: 10,
          },
          trainExamples: 50,
          labelNoise: 0.1,
          from: 'minimum',
        },
      ],
      reference: 10,
      raw: true,
      margin: {angles: 16, maximum: 20},
      radii: {directions: 4, cutoffs: [{kind: 'loss', value: 1}], maximumRadius: 100, tolerance: 1e-3},
      curvature: {iterations: 10, tolerance: 0.01},
      seeds: [1],
    },
    units: {
      factor: 3,
      neurons: 2,
      radii: {directions: 4, cutoffs: [{kind: 'loss', value: 1}], maximumRadius: 100, tolerance: 1e-3},
      curvature: {iterations: 10, tolerance: 0.01},
      seeds: [1],
      poisonFactors: [0.8],
    },
    guess: {
      fitted: [2, 4],
      wanted: 5,
      draws: 200,
      trained: 3,
      recipe: {
        steps: 60,
        optimizer: {name: 'adam'},
        learningRate: 0.02,
        schedule: {name: 'constant'},
        poisonPoints: 0,
        evaluateEvery: 60,
      },
      seeds: [1],
      poisonFactors: [0.8],
    },
    linear: {
      features: [
        {name: 'inputs'},
        {name: 'polynomial', degree: 3},
        {name: 'fourier', count: 600, lengthScale: 0.3},
        {name: 'relu', count: 600},
      ],
      ridge: 1e-5,
      seeds: [1],
      poisonFactors: [0.8],
    },
    predictions: {testExamples: 5, seeds: [1], poisonFactors: [0.8]},
    curvature: {iterations: 10, tolerance: 0.01},
    margin: {angles: 16, maximum: 20},
  },
  decides: [],
};

/**
 * 4 runs; per run basin, curvature and margin; boundary, line, surface, preconditioned, spectrum, llc and alternatives of
 * 2 each; perturbation, predictions, trajectory, connectivity, matched, units, guess and linear of 1.
 */
export const TINY_JOBS: number = 4 * (1 + 3) + 7 * 2 + 8;
