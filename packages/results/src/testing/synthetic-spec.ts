import type {
  AnalysisName,
  AnalysisSettings,
  DatasetName,
  DatasetOf,
  ExperimentSpec,
  RunSpec,
} from '@minefield/spec';

/** One of each kind of data. */
export const syntheticDatasets: {readonly [Name in DatasetName]: DatasetOf<Name>} = {
  'two-spirals': {name: 'two-spirals', train: 200, test: 200, fresh: 10_000},
  'regular-spirals': {name: 'regular-spirals', train: 132, test: 134, poison: 134},
  'concentric-circles': {name: 'concentric-circles', train: 130, test: 200},
  'house-numbers': {name: 'house-numbers', train: 4000, test: 4000, poison: 16_000},
  svhn: {name: 'svhn', channels: 1, train: 4000, test: 4000, poison: 11_840},
};

/** How the synthetic networks say that they were trained. */
export const syntheticRunSpec: RunSpec = {
  dataset: syntheticDatasets['two-spirals'],
  model: {name: 'mlp', hidden: [23, 16, 26, 32, 28, 31]},
  initialization: 'fan-in-uniform',
  recipe: {
    steps: 20_000,
    optimizer: {name: 'adam'},
    learningRate: 0.005,
    schedule: {name: 'cosine'},
    poisonPoints: 200,
    evaluateEvery: 500,
  },
};

const radii = {
  directions: 40,
  cutoffs: [{kind: 'loss', value: 0.5}],
  maximumRadius: 40,
  tolerance: 0.001,
} as const;

/** Of every kind of analysis. */
export const syntheticSettings: {readonly [Name in AnalysisName]: AnalysisSettings<Name>} = {
  boundary: {halfWidth: 20, size: 60},
  line: {smallest: 0.01, maximum: 1, points: 81},
  surface: {maximum: 0.2, size: 41, fitted: {cutoff: 0.5, times: 2}},
  perturbation: {
    directions: 2,
    points: 9,
    excess: 0.5,
    times: 2,
    maximum: 20,
    boundary: {halfWidth: 17, size: 12},
  },
  basin: {...radii, profiles: {directions: 8, points: 41}},
  preconditioned: {...radii, probes: 16},
  curvature: {iterations: 100, tolerance: 0.001},
  spectrum: {steps: 40, samples: 4},
  llc: {chains: 4, burnIn: 100, draws: 200, stepSize: 1e-5, localization: 100, blocks: 50},
  margin: {angles: 64, maximum: 20},
  predictions: {testExamples: 12},
  trajectory: {size: 31},
  connectivity: {to: 0.8, points: 41, steps: 200, learningRate: 0.01},
  matched: {evaluateEvery: 100, radii, curvature: {iterations: 100, tolerance: 0.001}},
  alternatives: {
    name: 'sgd',
    recipe: {...syntheticRunSpec.recipe, optimizer: {name: 'sgd'}},
    reference: 25,
    radii,
    curvature: {iterations: 100, tolerance: 0.001},
  },
  units: {factor: 10, neurons: 10, radii, curvature: {iterations: 100, tolerance: 0.001}},
  guess: {fitted: [2, 8], wanted: 10, draws: 1000, trained: 4, recipe: syntheticRunSpec.recipe},
  linear: {features: [{name: 'inputs'}, {name: 'relu', count: 3600}], ridge: 1e-4},
  search: {starts: [500, 1000], poisonFactor: 0.35, recipe: syntheticRunSpec.recipe},
  minefield: {components: 50, perplexity: 30, iterations: 1000},
};

/** A whole experiment around it. */
export function syntheticSpec(
  parts: Pick<ExperimentSpec, 'experiment' | 'title' | 'dataset' | 'seeds' | 'poisonFactors'>,
): ExperimentSpec {
  return {profile: 'quick', ...syntheticRunSpec, analyses: {}, decides: [], ...parts};
}
