import type {AnalysisName} from './spec.ts';

/**
 * Version of each step's algorithm. Raise one when a fix changes the numbers that the step gives: records made before
 * then have another identity, and are made anew.
 */
export const algorithmVersions: Readonly<Record<'training' | AnalysisName, number>> = {
  training: 1,
  boundary: 1,
  line: 1,
  surface: 1,
  basin: 2,
  curvature: 2,
  margin: 1,
};
