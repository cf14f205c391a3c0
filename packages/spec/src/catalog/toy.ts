/**
 * The paper's two-spirals experiment ("swiss roll"): every number of its two profiles, and nothing else.
 * Recipe and cutoffs are those of the whole sweep; they were fixed before its results were looked at.
 */
import type {TrainingRecipe} from '../recipe.ts';
import {CUTOFFS} from './cutoffs.ts';
import {endsOf} from './ends-of.ts';
import type {AnalysesSpec, AnalysisSpec} from '../analysis.ts';
import type {ExperimentSpec} from '../experiment-spec.ts';
import type {RunFilter} from '../run-filter.ts';

/** The authors' levels: 0, and 0.8 · 10^linspace(−4, 0, 19). */
const LEVELS = [
  0,
  ...Array.from({length: 19}, (_, i) => Number((0.8 * 10 ** (-4 + (4 * i) / 18)).toPrecision(6))),
];

const RECIPE: TrainingRecipe = {
  steps: 100_000,
  optimizer: {name: 'adam'},
  learningRate: 0.005,
  schedule: {name: 'cosine'},
  warmupSteps: 200,
  clipNorm: 8,
  poisonPoints: 200,
  evaluateEvery: 2000,
};

/** 0.1 / 3,457, the bound on a volume's radii. */
const RADIUS_TOLERANCE = 2.8e-5;

const CURVATURE = {iterations: 200, tolerance: 1e-3};
const MARGIN = {angles: 64, maximum: 20};

const POLISH: TrainingRecipe = {
  steps: 4000,
  optimizer: {name: 'adam'},
  learningRate: 1e-4,
  schedule: {name: 'cosine'},
  evaluateEvery: 1000,
};

const COMMON = {
  experiment: 'toy',
  title: 'Two spirals: good and bad minima of one small network',
  dataset: {name: 'two-spirals', train: 200, test: 200, fresh: 10_000},
  model: {name: 'mlp', hidden: [23, 16, 26, 32, 28, 31]},
  initialization: 'fan-in-uniform',
} as const;

function analyses(size: {
  readonly levels: readonly number[];
  readonly pictureSeeds: readonly number[];
  readonly directions: number;
  readonly boundary: number;
  readonly surface: number;
  readonly preconditioned: {readonly directions: number; readonly probes: number};
  readonly spectrum: Pick<AnalysisSpec<'spectrum'>, 'steps' | 'extremeSteps' | 'samples'>;
  readonly llc: RunFilter & {readonly draws: number};
  /** Runs whose spectra are taken. */
  readonly sampled: RunFilter;
  /** Levels whose way of training is pictured. */
  readonly ways: readonly number[];
  readonly bend: number;
  /** Whether networks are also compared at one loss, and polished on the clean one, which takes another training of each. */
  readonly trainedOn: boolean;
}): AnalysesSpec {
  const ends = endsOf(size.levels);
  return {
    boundary: {halfWidth: 20, size: size.boundary, seeds: size.pictureSeeds},
    line: {smallest: 1e-4, maximum: 0.3, points: 121, seeds: size.pictureSeeds},
    surface: {
      maximum: 0.2,
      size: size.surface,
      fitted: {cutoff: 0.5, times: 2},
      seeds: size.pictureSeeds.slice(0, 1),
      poisonFactors: ends,
    },
    perturbation: {
      directions: 4,
      points: 21,
      excess: 0.5,
      times: 2,
      maximum: 20,
      boundary: {halfWidth: 20, size: 60},
      seeds: size.pictureSeeds.slice(0, 1),
      poisonFactors: ends,
    },
    basin: {
      directions: size.directions,
      cutoffs: CUTOFFS,
      maximumRadius: 40,
      tolerance: RADIUS_TOLERANCE,
      profiles: {directions: 24, points: 48},
    },
    preconditioned: {
      ...size.preconditioned,
      cutoffs: CUTOFFS,
      maximumRadius: 100,
      tolerance: RADIUS_TOLERANCE,
    },
    curvature: CURVATURE,
    spectrum: {...size.spectrum, ...size.sampled},
    llc: {
      chains: 4,
      // Three times what the tether takes to relax, 2 / (stepSize · localization) steps, where draws are 4,000.
      burnIn: 1.5 * size.llc.draws,
      stepSize: 1e-5,
      localization: 100,
      blocks: 50,
      ...size.llc,
    },
    margin: MARGIN,
    trajectory: {size: size.surface, seeds: size.pictureSeeds.slice(0, 1), poisonFactors: size.ways},
    connectivity: {
      to: ends[0],
      points: 61,
      steps: size.bend,
      learningRate: 0.01,
      seeds: size.pictureSeeds.slice(0, 1),
      poisonFactors: ends.slice(1),
    },
    ...(size.trainedOn && {
      matched: {
        evaluateEvery: 10,
        radii: {directions: 64, cutoffs: CUTOFFS, maximumRadius: 40, tolerance: RADIUS_TOLERANCE},
        curvature: CURVATURE,
        poisonFactors: ends.slice(1),
      },
      // Minima of the poisoned loss are none of the clean one: so many steps of that alone, too small to leave a basin.
      alternatives: {
        networks: [{name: 'polished', recipe: POLISH, from: 'minimum'}],
        radii: {directions: 64, cutoffs: CUTOFFS, maximumRadius: 40, tolerance: RADIUS_TOLERANCE},
        curvature: CURVATURE,
        margin: MARGIN,
      },
    }),
  };
}

const QUICK_LEVELS = LEVELS.filter((_, i) => [0, 13, 16, 19].includes(i));

/** A few minutes on a laptop: enough to see every figure, too short to train the worst minima to the end. */
const quick: ExperimentSpec = {
  ...COMMON,
  profile: 'quick',
  recipe: {...RECIPE, steps: 10_000, evaluateEvery: 200},
  poisonFactors: QUICK_LEVELS,
  seeds: [1, 2, 3],
  analyses: analyses({
    levels: QUICK_LEVELS,
    pictureSeeds: [1],
    directions: 64,
    boundary: 80,
    surface: 31,
    preconditioned: {directions: 16, probes: 16},
    spectrum: {steps: 24, extremeSteps: 160, samples: 2},
    llc: {draws: 60, seeds: [1]},
    sampled: {seeds: [1]},
    ways: QUICK_LEVELS.slice(-1),
    bend: 500,
    trainedOn: false,
  }),
  decides: [1],
};

/** The authors' breadth, ten networks a level; that of the committed results. */
const full: ExperimentSpec = {
  ...COMMON,
  profile: 'full',
  recipe: RECIPE,
  poisonFactors: LEVELS,
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  analyses: analyses({
    levels: LEVELS,
    pictureSeeds: [1],
    directions: 500,
    boundary: 100,
    surface: 51,
    preconditioned: {directions: 256, probes: 64},
    spectrum: {steps: 64, extremeSteps: 160, samples: 8},
    // A minute a network, so of half of the seeds.
    llc: {draws: 4000, seeds: [1, 2, 3, 4, 5]},
    sampled: {},
    ways: endsOf(LEVELS),
    bend: 3000,
    trainedOn: true,
  }),
  decides: [1, 2, 3, 4, 5, 6, 7],
};

export const toyProfiles: {readonly quick: ExperimentSpec; readonly full: ExperimentSpec} = {quick, full};
