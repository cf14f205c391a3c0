import {type CancelSignal, InternalError, type Objective, createGenerator} from '@minefield/core';
import {
  type BasinRadii,
  type Coordinates,
  type CutoffRadii,
  curvatureInCoordinates,
  hessianDiagonal,
  hessianOperator,
  preconditionerFrom,
  relativeCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import type {AnalysisOf} from '@minefield/results';
import type {AnalysisSettings} from '@minefield/spec';
import {radiiInParts} from '../resume/radii-in-parts.ts';
import type {Measurement, Minimum} from './measurement.ts';
import {cutoffData, volumesOf} from '../measurements/cutoff-data.ts';
import {singleExamples} from '../measurements/single-examples.ts';

type PreconditionedCutoff = AnalysisOf<'preconditioned'>['data']['cutoffs'][number];

/** Volumes at every cutoff by rays stretched along the flat directions of the Hessian, beside those of `basin`. */
export const measurePreconditioned: Measurement<'preconditioned'> = async (
  minimum,
  settings,
  {signal, onProgress, parts},
) => {
  const {model, theta, objective, seed} = minimum;
  const {directions, cutoffs, maximumRadius, tolerance, probes} = settings;
  const coordinates = relativeCoordinates(theta, model.layout);
  const {diagonal, ...made} = await diagonalOf(minimum, settings, coordinates, signal);
  const preconditioner = preconditionerFrom(diagonal, coordinates);
  const stretches = preconditioner.filter((_, i) => coordinates.scale[i] !== 0);
  onProgress?.(0.1);
  const rays = sphericalRays(coordinates, {
    generator: createGenerator(seed, 'preconditioned', 'rays'),
    preconditioner,
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
      signal,
      onProgress: (done, total) => onProgress?.(0.1 + (0.9 * done) / total),
    },
    parts,
  );
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
      ...made,
    },
    cutoffs: measured.cutoffs.map((cutoff) => preconditionedCutoff(cutoff, measured)),
  };
};

interface CurvatureGuess {
  /** In the coordinates, `[P]`. */
  readonly diagonal: Float64Array;
  readonly method: 'exact' | 'central differences' | 'squared gradients';
  readonly selfCheck: number | null;
}

/** By a stream of its own: fixed before the rays are drawn. */
async function diagonalOf(
  {theta, data, objective, seed}: Minimum,
  {diagonal: kind = 'hessian', probes}: AnalysisSettings<'preconditioned'>,
  coordinates: Coordinates,
  signal: CancelSignal | undefined,
): Promise<CurvatureGuess> {
  const examples = data.train.labels.length;
  if (kind === 'gradients') {
    const squares = await meanSquaredGradients(objective, theta, Math.min(probes, examples), signal);
    return {
      diagonal: curvatureInCoordinates(squares, coordinates),
      method: 'squared gradients',
      selfCheck: null,
    };
  }
  const operator = await hessianOperator(objective, theta, {
    generator: createGenerator(seed, 'preconditioned', 'probe'),
    coordinates,
    checkOn: singleExamples(examples, seed),
    signal,
  });
  const {diagonal} = await hessianDiagonal(operator, {
    generator: createGenerator(seed, 'preconditioned', 'diagonal'),
    samples: probes,
    signal,
  });
  return {diagonal, method: operator.method, selfCheck: operator.selfCheck};
}

/** Of the first so many examples, one at a time: the diagonal of the empirical Fisher information, `[P]`. */
async function meanSquaredGradients(
  objective: Objective,
  theta: Float32Array,
  count: number,
  signal: CancelSignal | undefined,
): Promise<Float64Array> {
  if (objective.gradient === undefined) {
    throw new InternalError(
      'experiments.meanSquaredGradients: expected an objective with a gradient, got none',
    );
  }
  const sum = new Float64Array(theta.length);
  for (let example = 0; example < count; example++) {
    const slope = await objective.gradient(theta, {examples: Uint32Array.of(example), signal});
    slope.forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value ** 2 / count));
  }
  return sum;
}

function preconditionedCutoff(cutoff: CutoffRadii, measured: BasinRadii): PreconditionedCutoff {
  const data = cutoffData(cutoff, measured);
  if (!cutoff.applicable) return {...data, convergence: null};
  const counts = powersOfTwoTo(cutoff.radii.length);
  return {
    ...data,
    convergence: {
      directions: counts,
      logVolume: counts.map(
        (count) => volumesOf(cutoff.radii.subarray(0, count), cutoff, measured).relative.logVolume,
      ),
    },
  };
}

/** 1, 2, 4 and so on, and the number itself. */
function powersOfTwoTo(most: number): number[] {
  const powers = Array.from({length: Math.ceil(Math.log2(most))}, (_, i) => 2 ** i);
  return [...powers, most];
}
