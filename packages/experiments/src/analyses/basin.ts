import {createGenerator} from '@minefield/core';
import {
  type BasinRadii,
  type CutoffRadii,
  type Rays,
  relativeCoordinates,
  scanLine,
  sphericalRays,
} from '@minefield/landscape';
import type {BasinCutoff} from '@minefield/results';
import {cutoffData} from '../measurements/cutoff-data.ts';
import {radiiInParts} from '../resume/radii-in-parts.ts';
import type {AnalysisSettings} from '@minefield/spec';
import type {Measurement, Minimum} from './measurement.ts';
import {roundedOrNull} from '../measurements/numbers.ts';
import type {StepContext} from './step-context.ts';

/** Radii at every cutoff along rays in relative coordinates, the volumes they give, and loss profiles for figures. */
export const measureBasin: Measurement<'basin'> = async (minimum, settings, context) => {
  const {rays, measured} = await followRays(minimum, settings, context);
  return {
    anchorLoss: measured.anchorLoss,
    dimension: measured.dimension,
    parameters: minimum.theta.length,
    logDeterminant: measured.logDeterminant,
    maximumRadius: settings.maximumRadius,
    tolerance: Math.max(settings.tolerance, measured.toleranceReached),
    cutoffs: measured.cutoffs.map((cutoff) => basinCutoff(cutoff, measured)),
    profiles: await profiles(minimum, rays, measured, settings.profiles, context),
  };
};

/** Radii along the rays of the run's seed, in relative coordinates. */
export async function followRays(
  {model, theta, objective, seed}: Minimum,
  settings: Pick<AnalysisSettings<'basin'>, 'directions' | 'cutoffs' | 'maximumRadius' | 'tolerance'>,
  context: StepContext,
): Promise<{rays: Rays; measured: BasinRadii}> {
  const {directions, cutoffs, maximumRadius, tolerance} = settings;
  const rays = sphericalRays(relativeCoordinates(theta, model.layout), {
    generator: createGenerator(seed, 'basin'),
  });
  const measured = await radiiInParts(
    objective,
    theta,
    rays,
    {
      cutoffs,
      directions,
      maximum: maximumRadius,
      tolerance,
      signal: context.signal,
      onProgress: (done, total) => context.onProgress?.(done / total),
    },
    context.parts,
  );
  return {rays, measured};
}

/** What a record has of one cutoff. */
export function basinCutoff(cutoff: CutoffRadii, measured: BasinRadii): BasinCutoff {
  const {radii, applicable} = cutoff;
  const reached = radii.map((radius) => Math.min(radius, measured.maximum));
  return {
    ...cutoffData(cutoff, measured),
    // Radii are known to five digits or so.
    radii: Array.from(radii, (radius) => roundedOrNull(radius, 6)),
    meanRadius: applicable ? reached.reduce((sum, radius) => sum + radius, 0) / reached.length : null,
  };
}

/** Loss along the first rays, on even distances a little past the farthest crossing of these rays. */
async function profiles(
  {theta, objective}: Minimum,
  rays: Rays,
  {cutoffs, maximum}: BasinRadii,
  {directions, points}: AnalysisSettings<'basin'>['profiles'],
  {signal}: StepContext,
) {
  const crossings = cutoffs
    .flatMap(({radii}) => Array.from(radii.subarray(0, directions)))
    .filter(Number.isFinite);
  const reach = crossings.length > 0 ? Math.min(maximum, 1.1 * Math.max(...crossings)) : maximum;
  const distances = Array.from({length: points}, (_, i) =>
    Number(((reach * i) / (points - 1)).toPrecision(7)),
  );
  const ray = new Float32Array(rays.parameters);
  const losses: (number | null)[][] = [];
  for (let index = 0; index < directions; index++) {
    rays.fillInto(ray, index);
    const along = await scanLine(objective, theta, ray, distances, {signal});
    losses.push(Array.from(along, (loss) => roundedOrNull(loss, 4)));
  }
  return {distances, losses};
}
