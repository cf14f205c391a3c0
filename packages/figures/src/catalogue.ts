import type {RecordSet} from '@minefield/results';
import {basinProfiles} from './basin-profiles.ts';
import {connectingPaths} from './connecting-paths.ts';
import {curvatureAgainstPoison} from './curvature-against-poison.ts';
import {decisionBoundary} from './decision-boundary.ts';
import {endsOf} from './ends.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {generalizationGap} from './generalization-gap.ts';
import {langevinTraces} from './langevin-traces.ts';
import {learningCoefficientAgainstPoison} from './learning-coefficient-against-poison.ts';
import {learningCurves} from './learning-curves.ts';
import {lineScan} from './line-scan.ts';
import {linearAgainstNetwork} from './linear-against-network.ts';
import {lossSurface} from './loss-surface.ts';
import {lossTrajectory} from './loss-trajectory.ts';
import {marginAgainstPoison} from './margin-against-poison.ts';
import {matchedLoss} from './matched-loss.ts';
import {minefieldMap} from './minefield-map.ts';
import {moreData} from './more-data.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {perturbedNetworks} from './perturbed-networks.ts';
import {radiusHistogram} from './radius-histogram.ts';
import {spectralDensity} from './spectral-density.ts';
import {trainedOtherwise} from './trained-otherwise.ts';
import {volumeAgainstGap} from './volume-against-gap.ts';
import {volumeConvergence} from './volume-convergence.ts';

export type FigureName =
  | 'curves'
  | 'gap'
  | 'boundary'
  | 'boundary-test'
  | 'margin'
  | 'line'
  | 'curvature'
  | 'surface'
  | 'perturbation'
  | 'matched'
  | 'otherwise'
  | 'more-data'
  | 'linear'
  | 'spectrum'
  | 'trajectory'
  | 'paths'
  | 'llc'
  | 'llc-traces'
  | 'profiles'
  | 'radii'
  | 'volume'
  | 'volume-stable'
  | 'volume-stretched'
  | 'volume-convergence'
  | 'map';

/** A figure of a whole experiment. */
export interface CatalogueFigure {
  /** What it shows, in a few words. */
  readonly shows: string;
  /** It sets something against the poison factor, or against the gap that it makes: a single level says little. */
  readonly againstPoison?: true;
  /**
   * @param records of one experiment
   * @throws {NothingToDrawError} where nothing was measured for it
   */
  draw(records: RecordSet, options?: FigureOptions): FigureSpec;
}

/** Every figure that an experiment may have, by the name of its file; single networks stand for the least and the most poison. */
export const figureCatalogue: Readonly<Record<FigureName, CatalogueFigure>> = {
  curves: {
    shows: 'loss and accuracy while a good and a bad network learn',
    draw: (records, options) => learningCurves(endsOf(records.runs()), options),
  },
  gap: {
    shows: 'generalization gap against poison, of every network',
    againstPoison: true,
    draw: (records, options) => generalizationGap(records.runs(), options),
  },
  boundary: {
    shows: 'decision boundary of a good and a bad network',
    draw: (records, options) => decisionBoundary(endsOf(records.analyses('boundary')), options),
  },
  'boundary-test': {
    shows: 'the same with test points',
    draw: (records, options) =>
      decisionBoundary(endsOf(records.analyses('boundary')), {...options, points: 'test'}),
  },
  margin: {
    shows: 'mean margin against poison, of every network',
    againstPoison: true,
    draw: (records, options) => marginAgainstPoison(records.analyses('margin'), options),
  },
  line: {
    shows: 'loss, accuracy and curvature along a random line',
    draw: (records, options) =>
      lineScan(endsOf(records.analyses('line')), {...options, ...weightsOf(records)}),
  },
  curvature: {
    shows: 'largest eigenvalue of the Hessian against poison',
    againstPoison: true,
    draw: (records, options) => curvatureAgainstPoison(records.analyses('curvature'), options),
  },
  surface: {
    shows: 'loss over a random plane',
    draw: (records, options) =>
      lossSurface(endsOf(records.analyses('surface')), {...options, ...weightsOf(records)}),
  },
  perturbation: {
    shows: 'accuracy and curvature to the measure of each basin',
    draw: (records, options) => perturbedNetworks(endsOf(records.analyses('perturbation')), options),
  },
  matched: {
    shows: 'sharpness, radius and volume at one training loss',
    draw: (records, options) => matchedLoss(records.analyses('matched'), options),
  },
  otherwise: {
    shows: 'gap and volume of networks that were trained otherwise',
    draw(records, options) {
      const others = records.analyses('alternatives').filter(({data}) => data.reference === null);
      requireSome(others, 'figureCatalogue', 'network trained otherwise', 'draw more-data of these');
      return trainedOtherwise(records.runs(), others, options);
    },
  },
  'more-data': {
    shows: 'gap and volume against the number of training examples',
    draw: (records, options) => moreData(records.analyses('alternatives'), options),
  },
  linear: {
    shows: 'accuracy of linear classifiers beside the network',
    draw: (records, options) => linearAgainstNetwork(records.runs(), records.analyses('linear'), options),
  },
  spectrum: {
    shows: 'eigenvalues of the Hessian by size',
    draw: (records, options) => spectralDensity(endsOf(records.analyses('spectrum')), options),
  },
  trajectory: {
    shows: 'loss over the plane in which training moved',
    draw: (records, options) => lossTrajectory(endsOf(records.analyses('trajectory')), options),
  },
  paths: {
    shows: 'loss along a straight and a bent path to another minimum',
    draw(records, options) {
      const paths = records.analyses('connectivity');
      requireSome(paths, 'figureCatalogue', 'connectivity analysis', 'analyse the runs first');
      return connectingPaths(paths[0], options);
    },
  },
  llc: {
    shows: 'local learning coefficient against poison',
    againstPoison: true,
    draw: (records, options) => learningCoefficientAgainstPoison(records.analyses('llc'), options),
  },
  'llc-traces': {
    shows: 'the loss along the chains that measured it',
    draw: (records, options) => langevinTraces(endsOf(records.analyses('llc')), options),
  },
  profiles: {
    shows: 'loss along many directions out of a good and a bad minimum',
    draw: (records, options) => basinProfiles(endsOf(records.analyses('basin')), options),
  },
  radii: {
    shows: 'radii of a good and a bad basin',
    draw: (records, options) => radiusHistogram(endsOf(records.analyses('basin')), options),
  },
  volume: {
    shows: 'log volume against the gap, by the paper’s estimate',
    againstPoison: true,
    draw: (records, options) => volumeAgainstGap(records.runs(), records.analyses('basin'), options),
  },
  'volume-stable': {
    shows: 'the same by the mean logarithm of the radius',
    againstPoison: true,
    draw: (records, options) =>
      volumeAgainstGap(records.runs(), records.analyses('basin'), {...options, statistic: 'stable'}),
  },
  'volume-stretched': {
    shows: 'the same along rays stretched by the Hessian',
    againstPoison: true,
    draw: (records, options) => volumeAgainstGap(records.runs(), records.analyses('preconditioned'), options),
  },
  'volume-convergence': {
    shows: 'how volumes grow with the number of rays',
    draw: (records, options) =>
      volumeConvergence(endsOf(records.analyses('basin')), records.analyses('preconditioned'), options),
  },
  map: {
    shows: 'the path of training and the bad minima around it',
    draw(records, options) {
      const maps = records.analyses('minefield');
      requireSome(maps, 'figureCatalogue', 'minefield analysis', 'search around a run first');
      return minefieldMap(maps[0], options);
    },
  },
};

/** Weights that directions move, which make distances along lines relative. */
function weightsOf(records: RecordSet): {readonly weights?: number} {
  const [run] = records.runs();
  return run === undefined ? {} : {weights: run.model.weights};
}
