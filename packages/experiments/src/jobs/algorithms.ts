import type {AnalysisName} from '@minefield/spec';

/**
 * Version of each step's algorithm. Raise one when a fix changes the numbers that the step gives: records made before
 * then have another identity, and are made anew.
 */
export const algorithmVersions: Readonly<Record<'training' | AnalysisName, number>> = {
  training: 2,
  boundary: 3,
  line: 2,
  surface: 2,
  perturbation: 1,
  // Its search was mended once without a new version: a radius could come out short where cutoffs share an interval of the
  // scan. Every committed record where they do was taken anew, and none had changed.
  basin: 4,
  preconditioned: 2,
  curvature: 6,
  spectrum: 2,
  llc: 2,
  margin: 2,
  predictions: 1,
  trajectory: 1,
  connectivity: 1,
  matched: 1,
  alternatives: 1,
  units: 1,
  guess: 1,
  linear: 1,
  search: 1,
  minefield: 2,
};
