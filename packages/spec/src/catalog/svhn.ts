/**
 * The paper's experiment on photographed house numbers. Poison factors of `full` follow from the authors' fractions f of a
 * batch, as β = f/(1 − f) has it: .0058, .013, .030, .068, .15, .35 and .80, with none before them. Those of `cpu` are fewer,
 * over much of the same range.
 */
import {houseNumbersProfiles} from './house-numbers.ts';
import {USUAL_SIZE, pictureAnalyses, predictionsWithPictures} from './picture-analyses.ts';
import type {AnalysesSpec} from '../analysis.ts';
import type {ExperimentSpec} from '../experiment-spec.ts';

const FRACTIONS = [0.0058, 0.013, 0.03, 0.068, 0.15, 0.35, 0.8];
const FULL_LEVELS = [0, ...FRACTIONS.map((fraction) => Number((fraction / (1 - fraction)).toPrecision(3)))];

const COMMON = {
  experiment: 'svhn',
  title: 'SVHN: good and bad minima of a network on photographs',
  // Linear classifiers, which claim 13 asks for, are fitted to drawn pictures alone.
  decides: [8, 9, 10],
} as const;

const CPU_LEVELS = [0, 0.03, 0.1, 0.3, 1, 2];

/**
 * As house numbers have it, on as many images; for a processor. Each image is normalized by itself, and the last level is 2
 * rather than 1. Both were chosen on seed 101, which is not in the sweep. With images normalized by the constants of their
 * channels, test accuracy there was 68.0% without poison and 29.0% at level 1. With each normalized by itself it was 25.0% at
 * level 1 and 21.0% at level 2; without poison it was not measured. (A spec with `"seeds": [101]` prints them.)
 */
const cpu: ExperimentSpec = {
  ...houseNumbersProfiles.cpu,
  ...COMMON,
  dataset: {name: 'svhn', normalization: 'per-image', train: 4000, test: 4000, poison: 11_840},
  poisonFactors: CPU_LEVELS,
  analyses: analysesOf(CPU_LEVELS),
};

/**
 * The authors' ResNet-20 and recipe, for a GPU: SGD at 0.1, divided by 10 at 40%, 60% and 80% of 256 epochs of 60,000 images, in
 * batches of 256 of which poison is a part. Wants the official train file, from which poison and test are cut as well.
 */
const full: ExperimentSpec = {
  ...houseNumbersProfiles.cpu,
  ...COMMON,
  profile: 'full',
  dataset: {name: 'svhn', channels: 3, train: 50_000, test: 8000, poison: 15_000},
  model: {name: 'res-net'},
  recipe: {
    steps: 256 * 195,
    optimizer: {name: 'sgd', momentum: 0.9},
    learningRate: 0.1,
    schedule: {name: 'step', factor: 0.1, at: [0.4, 0.6, 0.8]},
    batchSize: 256,
    poisonPoints: 128,
    evaluateEvery: 8 * 195,
    statisticsExamples: 5000,
  },
  poisonFactors: FULL_LEVELS,
  analyses: analysesOf(FULL_LEVELS),
};

export const svhnProfiles: {readonly cpu: ExperimentSpec; readonly full: ExperimentSpec} = {cpu, full};

function analysesOf(levels: readonly number[]): AnalysesSpec {
  return {...pictureAnalyses(USUAL_SIZE, levels), predictions: predictionsWithPictures(levels)};
}
