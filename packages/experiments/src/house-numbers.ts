/**
 * The paper's experiment on photographed house numbers, on pictures that are drawn by arithmetic instead, so that it runs for
 * anybody. Levels are those of the authors as poison factors (their fractions f of a batch are β = f/(1 − f); the last two
 * would be 0.54 and 4, between which stands 1 instead). Recipe and cutoffs are those of the whole sweep.
 *
 * 60 epochs were chosen on seed 101, which is not in the sweep: 40 leave the most poisoned networks at a training loss of
 * about 0.25, the lowest cutoff.
 */
import type {TrainingRecipe} from '@minefield/training';
import type {AnalysesSpec, ExperimentSpec} from './spec.ts';

const RECIPE: TrainingRecipe = {
  steps: 1860,
  optimizer: {name: 'sgd', momentum: 0.9},
  learningRate: 0.05,
  schedule: {name: 'cosine'},
  warmupSteps: 60,
  batchSize: 128,
  poisonPoints: 128,
  evaluateEvery: 186,
  statisticsExamples: 2000,
};

const CUTOFFS = [
  {kind: 'loss', value: 0.25},
  {kind: 'loss', value: 0.5},
  {kind: 'loss', value: 1},
  {kind: 'excess', value: 0.5},
] as const;

const COMMON = {
  experiment: 'house-numbers',
  title: 'House numbers: good and bad minima of a ConvNet',
  model: {name: 'conv-net'},
  initialization: 'kaiming-normal',
} as const;

export interface Size {
  /** Training examples that stand for all where the landscape is measured. */
  readonly examples: number;
  readonly directions: number;
  readonly margins: number;
  /** Lanczos steps of each of four samples of the spectrum. */
  readonly spectrum: number;
  readonly surface: number;
}

export function pictureAnalyses(size: Size, levels: readonly number[]): AnalysesSpec {
  const {examples, directions, margins, spectrum, surface} = size;
  const ends = {seeds: [1], poisonFactors: [levels.at(0) ?? 0, levels.at(-1) ?? 0]};
  const radii = {
    examples,
    directions,
    cutoffs: CUTOFFS,
    maximumRadius: 200,
    // What float32 resolves; 0.1 / 60,528 would be finer.
    tolerance: 1e-5,
  };
  return {
    basin: {...radii, profiles: {directions: Math.min(8, directions), points: 32}},
    preconditioned: {...radii, diagonal: 'gradients', probes: Math.min(200, examples)},
    curvature: {examples, iterations: 100, tolerance: 1e-3},
    spectrum: {examples, steps: spectrum, samples: 4, ...ends},
    predictions: {testExamples: 12},
    margin: {examples: margins, maximumSteps: 30, refinements: 4},
    surface: {
      examples,
      maximum: 0.6,
      size: surface,
      ...ends,
    },
  };
}

/** What two cores measure in four minutes a network. */
export const CPU_SIZE: Size = {examples: 256, directions: 16, margins: 48, spectrum: 48, surface: 17};

const LEVELS = [0, 0.03, 0.1, 0.3, 0.6, 1];
const QUICK_LEVELS = [0, 0.3, 1];

/** Minutes on a laptop: every figure, but networks too small and trained too briefly to decide anything. */
const quick: ExperimentSpec = {
  ...COMMON,
  profile: 'quick',
  dataset: {name: 'house-numbers', train: 1000, test: 1000, poison: 4000},
  recipe: {...RECIPE, steps: 240, warmupSteps: 20, evaluateEvery: 40, statisticsExamples: 500},
  poisonFactors: QUICK_LEVELS,
  seeds: [1],
  analyses: pictureAnalyses(
    {examples: 128, directions: 4, margins: 16, spectrum: 12, surface: 11},
    QUICK_LEVELS,
  ),
  decides: [],
};

/** What two cores do in an hour or two; that of the committed results. */
const cpu: ExperimentSpec = {
  ...COMMON,
  profile: 'cpu',
  dataset: {name: 'house-numbers', train: 4000, test: 4000, poison: 16_000},
  recipe: RECIPE,
  poisonFactors: LEVELS,
  seeds: [1, 2],
  analyses: pictureAnalyses(CPU_SIZE, LEVELS),
  decides: [8, 9, 10],
};

export const houseNumbersProfiles: {readonly quick: ExperimentSpec; readonly cpu: ExperimentSpec} = {
  quick,
  cpu,
};
