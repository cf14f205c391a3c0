/** What is measured of networks on pictures, at a size that the profile chooses. */
import {CUTOFFS} from './cutoffs.ts';
import {endsOf} from './ends-of.ts';
import type {AnalysesSpec, AnalysisSpec} from '../analysis.ts';
import type {RunFilter} from '../run-filter.ts';

export interface PictureSize {
  /** Training examples that stand for all where the landscape is measured. */
  readonly examples: number;
  /** Rays of each estimate of a volume. */
  readonly directions: number;
  /** Training examples whose margins are sought. */
  readonly margins: number;
  /** Lanczos steps of each of four samples of the spectrum. */
  readonly spectrum: number;
  /** Points a side of a loss surface. */
  readonly surface: number;
}

/** What a processor measures in some minutes a network of 60,000 weights; the same elsewhere, so that figures compare. */
export const USUAL_SIZE: PictureSize = {
  examples: 256,
  directions: 16,
  margins: 48,
  spectrum: 48,
  surface: 17,
};

/** Of the first test pictures. */
const ASKED = 12;

/** @param levels poison factors of the sweep, rising; spectrum and surface are of both ends alone */
export function pictureAnalyses(size: PictureSize, levels: readonly number[]): AnalysesSpec {
  const {examples, directions, margins, spectrum, surface} = size;
  const ends = firstSeedAtEnds(levels);
  const radii = {
    examples,
    directions,
    cutoffs: CUTOFFS,
    maximumRadius: 200,
    // What float32 resolves; 0.1 / 60,976 would be finer.
    tolerance: 1e-5,
  };
  return {
    basin: {...radii, profiles: {directions: Math.min(8, directions), points: 32}},
    preconditioned: {...radii, diagonal: 'gradients', probes: Math.min(200, examples)},
    curvature: {examples, iterations: 100, tolerance: 1e-3},
    spectrum: {examples, steps: spectrum, samples: 4, ...ends},
    predictions: {testExamples: ASKED},
    margin: {examples: margins, maximumSteps: 30, refinements: 4},
    surface: {examples, maximum: 0.6, size: surface, ...ends},
  };
}

/** Those of pictures that not everybody has: of both ends alone, with the pictures in their records. */
export function predictionsWithPictures(levels: readonly number[]): AnalysisSpec<'predictions'> {
  return {testExamples: ASKED, pictures: true, ...firstSeedAtEnds(levels)};
}

function firstSeedAtEnds(levels: readonly number[]): Required<RunFilter> {
  return {seeds: [1], poisonFactors: endsOf(levels)};
}
