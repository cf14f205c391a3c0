import type {AnalysisOf} from '@minefield/results';
import type {AnalysisSettings} from '@minefield/spec';
import {basinCutoff, followRays} from './basin.ts';
import {measureCurvature} from './curvature.ts';
import type {Minimum} from './measurement.ts';
import type {StepContext} from './step-context.ts';

type Summary = Pick<
  AnalysisOf<'matched'>['data']['poisoned'],
  'largestEigenvalue' | 'underMoves' | 'cutoffs'
>;

/** Sharpness and radii of one of several networks that an analysis compares. */
export async function summarizeLandscape(
  minimum: Minimum,
  {radii, curvature}: Pick<AnalysisSettings<'matched'>, 'radii' | 'curvature'>,
  {signal}: StepContext,
): Promise<Summary> {
  const {largestEigenvalue, underMoves} = await measureCurvature(minimum, curvature, {signal});
  const {measured} = await followRays(minimum, radii, {signal});
  return {
    largestEigenvalue: largestEigenvalue.relative,
    ...(underMoves && {underMoves: underMoves.relative}),
    cutoffs: measured.cutoffs.map((cutoff) => {
      const {kind, value, censored, meanRadius, relative} = basinCutoff(cutoff, measured);
      const stableLogVolume = relative?.stableLogVolume ?? null;
      return {kind, value, ...(censored > 0 && {censored}), meanRadius, stableLogVolume};
    }),
  };
}
