/**
 * The authors' example of a wide margin that a few points undo: concentric circles, and ten points of the outer class a hair
 * outside the inner circle. Data, network, optimizer and rate are theirs, and 10,000 steps where they have as many epochs; each
 * step sees all points. There is no poison: without the ten points the same training finds a wide margin, with them it cannot.
 */
import type {ExperimentSpec} from '../experiment-spec.ts';
import type {TrainingRecipe} from '../recipe.ts';
import {CUTOFFS} from './cutoffs.ts';

const RECIPE: TrainingRecipe = {
  steps: 10_000,
  optimizer: {name: 'adam'},
  learningRate: 1e-3,
  schedule: {name: 'constant'},
  evaluateEvery: 500,
};

const ALL = 130;
const WITHOUT_THE_TEN = 120;
const boundary = {halfWidth: 1.2, size: 160, seeds: [1]};
const margin = {angles: 256, maximum: 2};

/** All points; and, measured in the same landscape of the 120 that both have seen, the network that was spared the ten. */
const circles: ExperimentSpec = {
  experiment: 'circles',
  title: 'Concentric circles, with ten points that leave no margin',
  profile: 'full',
  dataset: {name: 'concentric-circles', train: ALL, test: 1000},
  model: {name: 'mlp', hidden: Array.from({length: 9}, () => 100)},
  initialization: 'xavier-uniform',
  recipe: RECIPE,
  poisonFactors: [0],
  seeds: [1, 2, 3, 4, 5],
  analyses: {
    boundary,
    margin,
    alternatives: {
      networks: [
        {name: 'all-points', recipe: RECIPE},
        {name: 'without-the-ten', recipe: RECIPE, trainExamples: WITHOUT_THE_TEN},
      ],
      reference: WITHOUT_THE_TEN,
      radii: {directions: 64, cutoffs: CUTOFFS, maximumRadius: 1000, tolerance: 1e-5},
      curvature: {iterations: 100, tolerance: 1e-3},
      margin,
    },
  },
  decides: [],
};

/** The network that was spared the ten points, by itself, for its picture. */
const wide: ExperimentSpec = {
  ...circles,
  experiment: 'circles-wide',
  title: 'Concentric circles, with a wide margin',
  dataset: {name: 'concentric-circles', train: WITHOUT_THE_TEN, test: 1000},
  analyses: {boundary, margin},
};

export const circlesProfiles: {readonly full: ExperimentSpec} = {full: circles};
export const circlesWideProfiles: {readonly full: ExperimentSpec} = {full: wide};
