import {type AnalysisName, type AnalysisOf, recordSet} from '@minefield/results';
import {syntheticAnalysis, syntheticRun, syntheticSweep} from '@minefield/results/testing';
import {
  basinProfiles,
  connectingPaths,
  curvatureAgainstPoison,
  decisionBoundary,
  type FigureSpec,
  generalizationGap,
  langevinTraces,
  learningCoefficientAgainstPoison,
  learningCurves,
  lineScan,
  linearAgainstNetwork,
  lossSurface,
  lossTrajectory,
  marginAgainstPoison,
  matchedLoss,
  minefieldMap,
  moreData,
  perturbedNetworks,
  radiusHistogram,
  spectralDensity,
  speedRatios,
  trainedOtherwise,
  volumeAgainstGap,
  volumeConvergence,
} from '../src/index.ts';

/** Deeply frozen records: a figure that changes its input throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

export const records = recordSet(frozen(syntheticSweep()));

const seedOne = <N extends AnalysisName>(name: N, levels: readonly number[]): AnalysisOf<N>[] =>
  levels.flatMap((poisonFactor) => [...records.analyses(name, {seed: 1, poisonFactor})]);

export const minefield: AnalysisOf<'minefield'> = frozen(syntheticAnalysis('minefield', syntheticRun()));

/** Every figure: of a good and a bad network, of a lone one, of a whole sweep. */
export const samples: Readonly<Record<string, () => FigureSpec>> = {
  'decisionBoundary of two': () => decisionBoundary(seedOne('boundary', [0, 0.8])),
  'decisionBoundary of one, test points': () =>
    decisionBoundary(seedOne('boundary', [0.8]), {points: 'test'}),
  'lineScan of two': () => lineScan(seedOne('line', [0, 0.8])),
  'lineScan of one': () => lineScan(seedOne('line', [0.8])),
  'perturbedNetworks of two': () => perturbedNetworks(seedOne('perturbation', [0, 0.8])),
  'perturbedNetworks of one': () =>
    perturbedNetworks(seedOne('perturbation', [0.8]), {title: '', maximumLoss: 1}),
  'lossSurface of two': () => lossSurface(seedOne('surface', [0, 0.8])),
  'lossSurface of one': () => lossSurface(seedOne('surface', [0]), {title: ''}),
  'generalizationGap of a sweep': () => generalizationGap(records.runs()),
  'generalizationGap of one run': () => generalizationGap(records.runs({seed: 1, poisonFactor: 0})),
  'marginAgainstPoison of a sweep': () => marginAgainstPoison(records.analyses('margin')),
  'curvatureAgainstPoison of a sweep': () => curvatureAgainstPoison(records.analyses('curvature')),
  'basinProfiles of two': () => basinProfiles(seedOne('basin', [0, 0.8])),
  'basinProfiles of one': () => basinProfiles(seedOne('basin', [0.8]), {directions: 5}),
  'radiusHistogram of two': () => radiusHistogram(seedOne('basin', [0, 0.8])),
  'radiusHistogram of one': () => radiusHistogram(seedOne('basin', [0])),
  'volumeAgainstGap of a sweep': () => volumeAgainstGap(records.runs(), records.analyses('basin')),
  'volumeAgainstGap by the stable statistic': () =>
    volumeAgainstGap(records.runs(), records.analyses('basin'), {statistic: 'stable'}),
  'volumeAgainstGap by stretched rays': () =>
    volumeAgainstGap(records.runs(), records.analyses('preconditioned')),
  'volumeConvergence of two': () =>
    volumeConvergence(seedOne('basin', [0, 0.8]), seedOne('preconditioned', [0, 0.8])),
  'volumeConvergence by one estimator': () =>
    volumeConvergence(seedOne('basin', [0]), [], {cutoff: 'loss 1', title: ''}),
  'spectralDensity of two': () => spectralDensity(seedOne('spectrum', [0, 0.8])),
  'spectralDensity of one': () => spectralDensity(seedOne('spectrum', [0])),
  'learningCoefficientAgainstPoison of a sweep': () =>
    learningCoefficientAgainstPoison(records.analyses('llc')),
  'langevinTraces of two': () => langevinTraces(seedOne('llc', [0, 0.8])),
  'langevinTraces of one': () => langevinTraces(seedOne('llc', [0.8])),
  'lossTrajectory of two': () => lossTrajectory(seedOne('trajectory', [0, 0.8])),
  'lossTrajectory of one': () => lossTrajectory(seedOne('trajectory', [0.8]), {title: ''}),
  connectingPaths: () =>
    connectingPaths(syntheticAnalysis('connectivity', syntheticRun({poisonFactor: 0.8}))),
  matchedLoss: () => matchedLoss(records.analyses('matched', {poisonFactor: 0.8})),
  'trainedOtherwise beside runs': () =>
    trainedOtherwise(records.runs(), records.analyses('alternatives', {poisonFactor: 0})),
  'trainedOtherwise of two levels': () => trainedOtherwise([], records.analyses('alternatives')),
  linearAgainstNetwork: () =>
    linearAgainstNetwork(records.runs(), records.analyses('linear', {poisonFactor: 0})),
  moreData: () => moreData(records.analyses('alternatives', {poisonFactor: 0})),
  minefieldMap: () => minefieldMap(minefield),
  'minefieldMap of a stricter eye': () =>
    minefieldMap(minefield, {title: '', trainAccuracy: 1, testAccuracy: 0.5}),
  'learningCurves of two': () =>
    learningCurves(records.runs({seed: 1}).filter((run) => [0, 0.8].includes(run.poisonFactor))),
  'learningCurves of three seeds': () => learningCurves(records.runs({poisonFactor: 0.8})),
  'speedRatios of several peers': () =>
    speedRatios([
      {name: 'matMul 1024 × 1024 × 1024', peerName: 'stock WASM', ratio: 1.8, target: null},
      {name: 'matMul 1024 × 1024 × 1024', peerName: '128-bit FMA peak', ratio: 0.97, target: 0.75},
      {name: 'toy Adam step, 360 points', peerName: 'PyTorch eager, 1 thread', ratio: 5.4, target: 5},
    ]),
};
