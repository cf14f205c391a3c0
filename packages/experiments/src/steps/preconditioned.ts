import {createGenerator} from '@minefield/core';
import {
  type BasinRadii,
  type CutoffRadii,
  basinRadii,
  estimateVolume,
  hessianDiagonal,
  hessianOperator,
  preconditionerFrom,
  relativeCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import type {AnalysisOf} from '@minefield/results';
import type {Measurement} from './analyze-checkpoint.ts';
import {volumeData} from './basin.ts';
import {singleExamples} from './single-examples.ts';

type PreconditionedCutoff = AnalysisOf<'preconditioned'>['data']['cutoffs'][number];

/** Volumes at every cutoff by rays stretched along the flat directions of the Hessian, beside those of `basin`. */
export const measurePreconditioned: Measurement<'preconditioned'> = async (
  {model, theta, data, objective, seed},
  {directions, cutoffs, maximumRadius, tolerance, probes},
  {signal, onProgress},
) => {
  const cancellation = {...(signal && {signal})};
  const coordinates = relativeCoordinates(theta, model.layout);
  const operator = await hessianOperator(objective, theta, {
    generator: createGenerator(seed, 'preconditioned', 'probe'),
    coordinates,
    checkOn: singleExamples(data.train.labels.length, seed),
    ...cancellation,
  });
  // By a stream of its own: fixed before the rays are drawn.
  const {diagonal} = await hessianDiagonal(operator, {
    generator: createGenerator(seed, 'preconditioned', 'diagonal'),
    samples: probes,
    ...cancellation,
  });
  const preconditioner = preconditionerFrom(diagonal, coordinates);
  const stretches = preconditioner.filter((_, i) => coordinates.scale[i] !== 0);
  onProgress?.(0.1);
  const rays = sphericalRays(createGenerator(seed, 'preconditioned', 'rays'), coordinates, preconditioner);
  const measured = await basinRadii(objective, theta, rays, {
    cutoffs,
    directions,
    maximum: maximumRadius,
    tolerance,
    ...cancellation,
    onProgress: (done, total) => onProgress?.(0.1 + (0.9 * done) / total),
  });
  return {
    anchorLoss: measured.anchorLoss,
    dimension: measured.dimension,
    logDeterminant: measured.logDeterminant,
    maximumRadius,
    tolerance: Math.max(tolerance, measured.toleranceReached),
    preconditioner: {
      probes,
      largestStretch: stretches.reduce((a, b) => Math.max(a, b)),
      smallestStretch: stretches.reduce((a, b) => Math.min(a, b)),
      method: operator.method,
      selfCheck: operator.selfCheck,
    },
    cutoffs: measured.cutoffs.map((cutoff) => cutoffData(cutoff, measured)),
  };
};

function cutoffData(
  {cutoff, threshold, applicable, radii, censored}: CutoffRadii,
  {maximum, dimension, logDeterminant, tolerance}: BasinRadii,
): PreconditionedCutoff {
  const known = {kind: cutoff.kind, value: cutoff.value, threshold, applicable, censored};
  if (!applicable) return {...known, relative: null, raw: null, convergence: null};
  const estimate = (count: number) =>
    estimateVolume(radii.subarray(0, count), {dimension, logDeterminant, maximum, tolerance});
  const {relative, raw} = estimate(radii.length);
  const counts = powersOfTwoTo(radii.length);
  return {
    ...known,
    relative: volumeData(relative),
    raw: volumeData(raw),
    convergence: {
      directions: counts,
      logVolume: counts.map((count) => estimate(count).relative.logVolume),
    },
  };
}

/** 1, 2, 4 and so on, and the number itself. */
function powersOfTwoTo(most: number): number[] {
  const powers = Array.from({length: Math.ceil(Math.log2(most))}, (_, i) => 2 ** i);
  return [...powers, most];
}
