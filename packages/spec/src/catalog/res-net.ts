/**
 * A good and a bad minimum of the paper's network, ResNet-20 with its 270,000 weights, on house numbers, for a processor: few
 * pictures and few steps. What it is about is how far apart volumes are in as many dimensions as the paper's. No results of it
 * are committed; `--dry-run` says about how long it takes.
 *
 * 500 steps were chosen on seed 101, which is not in the sweep, with a ConvNet in the place of the ResNet: there 400 reach a
 * train accuracy of 99.4% at level 1 and 100% without poison, and 1000 a test accuracy of 15.4% and 41.1%. (A spec with
 * `"seeds": [101]`, that model, no analyses, `"steps": 1000` and `"evaluateEvery": 200` prints them.)
 */
import {houseNumbersProfiles} from './house-numbers.ts';
import {pictureAnalyses} from './picture-analyses.ts';
import type {ExperimentSpec} from '../experiment-spec.ts';

const LEVELS = [0, 1];

const {
  curvature: _curvature,
  spectrum: _spectrum,
  surface: _surface,
  ...analyses
} = pictureAnalyses({examples: 128, directions: 8, margins: 16, spectrum: 1, surface: 3}, LEVELS);

const cpu: ExperimentSpec = {
  ...houseNumbersProfiles.cpu,
  experiment: 'res-net',
  title: 'House numbers: good and bad minima of ResNet-20',
  dataset: {name: 'house-numbers', train: 1000, test: 1000, poison: 4000},
  model: {name: 'res-net'},
  recipe: {
    ...houseNumbersProfiles.cpu.recipe,
    steps: 500,
    batchSize: 64,
    poisonPoints: 64,
    evaluateEvery: 125,
    statisticsExamples: 500,
  },
  poisonFactors: LEVELS,
  analyses,
  decides: [8, 10],
};

export const resNetProfiles: {readonly cpu: ExperimentSpec} = {cpu};
