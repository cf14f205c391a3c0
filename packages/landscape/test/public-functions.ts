import {type Classifier, createGenerator, parameterLayout} from '@minefield/core';
import * as landscape from '../src/index.ts';

export const generator = createGenerator(1);
export const bowl = landscape.quadraticBowl([1, 2, 3, 4]);
export const anchor = new Float32Array(4);
export const point = Float32Array.of(1, 2, 3, 4);
export const coordinates = landscape.rawCoordinates(4);
export const rays = landscape.sphericalRays(coordinates, {generator});
export const layout = parameterLayout([{name: 'kernel', shape: [2, 2], role: 'kernel'}]);
export const operator = await landscape.hessianOperator(bowl, anchor, {generator});
export const classifier: Classifier = {
  dimension: 2,
  classes: 2,
  logits: (inputs) => Promise.resolve(inputs.filter((_, i) => i % 2 === 0)),
  inputGradient: (inputs) => Promise.resolve(inputs.map((_, i) => 1 - (i % 2))),
};
export const predicting = {...bowl, predictions: () => Promise.resolve(Float32Array.of(0, -Infinity))};
export const path = landscape.linearPath(anchor, point);
const cutoffs = [{kind: 'loss', value: 0.5}] as const;
export const radii = {cutoffs, maximum: 10, directions: 2};
const eigenvalues = {generator, maximumSteps: 4};
const probes = {generator, samples: 2};
export const langevin = {generator, inverseTemperature: 1, localization: 1, stepSize: 1e-3, draws: 4};

const subject: landscape.Subject = {name: 'a bowl', objective: bowl, anchor, examples: null, notes: []};

interface OptionsCase {
  /** As a caller without types would: whatever the options are. */
  readonly call: (options: never) => unknown;
  readonly options: object;
  /** Left out, the function works. */
  readonly optional?: true;
  readonly misspelt: string;
  readonly meant: string;
}

const {filterNormalizedDirection, weightNormalizedDirection, normalizeDirection} = landscape;
const {orthogonalNormalizedDirection} = landscape;

/** Every public function that takes options. */
export const withOptions: Readonly<Record<string, OptionsCase>> = {
  measureMinimum: {
    call: (o) => landscape.measureMinimum(bowl, anchor, o),
    options: {generator, volume: {directions: 2}, spectrum: {steps: 4, samples: 2}, llc: {steps: 10}},
    misspelt: 'volum',
    meant: 'volume',
  },
  volumeOf: {
    call: (o) => landscape.volumeOf(subject, o),
    options: {cutoff: 0.5, directions: 2, estimator: 'isotropic', seed: 1},
    misspelt: 'cutofOn',
    meant: 'cutoffOn',
  },
  spectrumOf: {
    call: (o) => landscape.spectrumOf(subject, o),
    options: {steps: 4, samples: 2, seed: 1},
    misspelt: 'step',
    meant: 'steps',
  },
  scanOf: {
    call: (o) => landscape.scanOf(subject, o),
    options: {maximum: 1, points: 3, seed: 1},
    misspelt: 'maximun',
    meant: 'maximum',
  },
  learningCoefficientOf: {
    call: (o) => landscape.learningCoefficientOf(subject, o),
    options: {sampler: 'sgld', chains: 2, steps: 10, inverseTemperature: 10, stepSize: 1e-3, seed: 1},
    misspelt: 'chain',
    meant: 'chains',
  },
  bowlLearningCoefficient: {
    call: (o) => landscape.bowlLearningCoefficient([1], o),
    options: {inverseTemperature: 1, localization: 1},
    misspelt: 'stepsize',
    meant: 'stepSize',
  },
  logGaussianBallMass: {
    call: (o) => landscape.logGaussianBallMass(o),
    options: {dimension: 2, radius: 1},
    misspelt: 'ofset',
    meant: 'offset',
  },
  gaussianDirection: {
    call: (o) => landscape.gaussianDirection(3, o),
    options: {generator},
    misspelt: 'generators',
    meant: 'generator',
  },
  unitDirection: {
    call: (o) => landscape.unitDirection(3, o),
    options: {generator},
    misspelt: 'generators',
    meant: 'generator',
  },
  filterNormalizedDirection: {
    call: (o) => filterNormalizedDirection(point, layout, o),
    options: {generator, by: 'layer'},
    misspelt: 'other',
    meant: 'others',
  },
  weightNormalizedDirection: {
    call: (o) => weightNormalizedDirection(point, layout, o),
    options: {generator},
    misspelt: 'other',
    meant: 'others',
  },
  sphericalRays: {
    call: (o) => landscape.sphericalRays(coordinates, o),
    options: {generator},
    misspelt: 'precondition',
    meant: 'preconditioner',
  },
  singleExamples: {
    call: (o) => landscape.singleExamples(3, o),
    options: {generator},
    misspelt: 'generators',
    meant: 'generator',
  },
  minibatchesOfTen: {
    call: (o) => landscape.minibatchesOfTen(3, o),
    options: {generator},
    misspelt: 'generators',
    meant: 'generator',
  },
  normalizeDirection: {
    call: (o) => normalizeDirection(point, point, layout, o),
    options: {},
    optional: true,
    misspelt: 'other',
    meant: 'others',
  },
  orthogonalNormalizedDirection: {
    call: (o) => orthogonalNormalizedDirection(point, [anchor], point, layout, o),
    options: {},
    optional: true,
    misspelt: 'other',
    meant: 'others',
  },
  streamLine: {
    call: (o) => landscape.streamLine(bowl, anchor, point, [0, 1], o),
    options: {},
    optional: true,
    misspelt: 'onprogress',
    meant: 'onProgress',
  },
  scanLine: {
    call: (o) => landscape.scanLine(bowl, anchor, point, [0, 1], o),
    options: {},
    optional: true,
    misspelt: 'example',
    meant: 'examples',
  },
  streamSurface: {
    call: (o) => landscape.streamSurface(bowl, anchor, {first: point, second: point, xs: [0], ys: [0]}, o),
    options: {},
    optional: true,
    misspelt: 'resumed',
    meant: 'resume',
  },
  scanSurface: {
    call: (o) => landscape.scanSurface(bowl, anchor, {first: point, second: point, xs: [0], ys: [0]}, o),
    options: {},
    optional: true,
    misspelt: 'signals',
    meant: 'signal',
  },
  radiiInPlane: {
    call: (o) => landscape.radiiInPlane(bowl, anchor, {first: point, second: point}, o),
    options: {cutoff: 1, maximum: 10},
    misspelt: 'direction',
    meant: 'directions',
  },
  basinRadii: {
    call: (o) => landscape.basinRadii(bowl, anchor, rays, o),
    options: radii,
    misspelt: 'tolerence',
    meant: 'tolerance',
  },
  divergenceObjective: {
    call: (o) => landscape.divergenceObjective(predicting, anchor, o),
    options: {},
    optional: true,
    misspelt: 'example',
    meant: 'examples',
  },
  estimateGaussianMass: {
    call: (o) => landscape.estimateGaussianMass([1, 2], anchor, rays, o),
    options: {deviation: 1, maximum: 10},
    misspelt: 'tolerence',
    meant: 'tolerance',
  },
  estimateVolume: {
    call: (o) => landscape.estimateVolume([1, 2], o),
    options: {dimension: 4},
    misspelt: 'logDeterminent',
    meant: 'logDeterminant',
  },
  pilotScan: {
    call: (o) => landscape.pilotScan(bowl, anchor, rays, o),
    options: radii,
    misspelt: 'point',
    meant: 'points',
  },
  preconditionerFrom: {
    call: (o) => landscape.preconditionerFrom([1, 2, 3, 4], coordinates, o),
    options: {},
    optional: true,
    misspelt: 'epsilom',
    meant: 'epsilon',
  },
  scanDistances: {
    call: (o) => landscape.scanDistances(o),
    options: {maximum: 10},
    misspelt: 'grow',
    meant: 'growth',
  },
  scanNear: {
    call: (o) => landscape.scanNear([1], o),
    options: {maximum: 10},
    misspelt: 'point',
    meant: 'points',
  },
  hessianOperator: {
    call: (o) => landscape.hessianOperator(bowl, anchor, o),
    options: {generator},
    misspelt: 'onMissmatch',
    meant: 'onMismatch',
  },
  extremeEigenvalues: {
    call: (o) => landscape.extremeEigenvalues(operator, o),
    options: eigenvalues,
    misspelt: 'maxSteps',
    meant: 'maximumSteps',
  },
  largestEigenvalue: {
    call: (o) => landscape.largestEigenvalue(operator, o),
    options: eigenvalues,
    misspelt: 'tolerence',
    meant: 'tolerance',
  },
  leadingEigenpairs: {
    call: (o) => landscape.leadingEigenpairs(operator, 2, o),
    options: eigenvalues,
    misspelt: 'tolerence',
    meant: 'tolerance',
  },
  largestUnderMoves: {
    call: async (o) =>
      landscape.largestUnderMoves(
        operator,
        point,
        await landscape.largestEigenvalue(operator, eigenvalues),
        o,
      ),
    options: {...eigenvalues, moves: 2},
    misspelt: 'move',
    meant: 'moves',
  },
  extremesUnderMoves: {
    call: async (o) =>
      landscape.extremesUnderMoves(
        operator,
        point,
        await landscape.extremeEigenvalues(operator, eigenvalues),
        o,
      ),
    options: eigenvalues,
    misspelt: 'sizes',
    meant: 'size',
  },
  hessianDiagonal: {
    call: (o) => landscape.hessianDiagonal(operator, o),
    options: probes,
    misspelt: 'sample',
    meant: 'samples',
  },
  hutchPlusPlusTrace: {
    call: (o) => landscape.hutchPlusPlusTrace(operator, o),
    options: probes,
    misspelt: 'sample',
    meant: 'samples',
  },
  hutchinsonTrace: {
    call: (o) => landscape.hutchinsonTrace(operator, o),
    options: probes,
    misspelt: 'generater',
    meant: 'generator',
  },
  layerTraces: {
    call: (o) => landscape.layerTraces(operator, layout, o),
    options: probes,
    misspelt: 'onprogress',
    meant: 'onProgress',
  },
  spectralQuadrature: {
    call: (o) => landscape.spectralQuadrature(operator, o),
    options: {...probes, steps: 2},
    misspelt: 'step',
    meant: 'steps',
  },
  localLearningCoefficient: {
    call: (o) => landscape.localLearningCoefficient(bowl, anchor, o),
    options: langevin,
    misspelt: 'burnin',
    meant: 'burnIn',
  },
  deepFoolMargins: {
    call: (o) => landscape.deepFoolMargins(classifier, point, o),
    options: {},
    optional: true,
    misspelt: 'refinement',
    meant: 'refinements',
  },
  margins2d: {
    call: (o) => landscape.margins2d(classifier, point, o),
    options: {maximum: 10},
    misspelt: 'angle',
    meant: 'angles',
  },
  tsne: {
    call: (o) => landscape.tsne([0, 1, 2, 4, 8], 1, o),
    options: {generator, perplexity: 2, iterations: 4},
    misspelt: 'iteration',
    meant: 'iterations',
  },
  scanPath: {
    call: (o) => landscape.scanPath(bowl, path, [0, 1], o),
    options: {},
    optional: true,
    misspelt: 'onprogress',
    meant: 'onProgress',
  },
  streamPath: {
    call: (o) => landscape.streamPath(bowl, path, [0, 1], o),
    options: {},
    optional: true,
    misspelt: 'onprogress',
    meant: 'onProgress',
  },
  trainBezierPath: {
    call: (o) => landscape.trainBezierPath(bowl, anchor, point, o),
    options: {generator, steps: 2},
    misspelt: 'learningrate',
    meant: 'learningRate',
  },
};

/** Those that take their arguments by position alone. */
export const withoutOptions = [
  'ball',
  'powerWell',
  'logSpacedSpectrum',
  'quadraticBowl',
  'reflected',
  'slab',
  'coordinatesFromScale',
  'rawCoordinates',
  'relativeCoordinates',
  'orthogonalDirection',
  'principalDirections',
  'projectPoints',
  'raysAlong',
  'pointsAlong',
  'symmetricGrid',
  'symmetricLogarithmicGrid',
  'mergeRadii',
  'curvatureInCoordinates',
  'curvatureAlong',
  'settledCurvature',
  'directionalCurvature',
  'smoothedDensity',
  'symmetricEigen',
  'tridiagonalEigen',
  'inverseTemperatureFor',
  'summarizeMargins',
  'linearPath',
  'pathPointInto',
  'pathBarrier',
];
