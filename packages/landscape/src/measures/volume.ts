import {createGenerator, InputError, InternalError, checkOptions, checkWord} from '@minefield/core';
import {basinRadii} from '../basins/basin-radii.ts';
import {divergenceObjective} from '../basins/divergence-objective.ts';
import {estimateGaussianMass} from '../basins/estimate-gaussian-mass.ts';
import {estimateVolume} from '../basins/estimate-volume.ts';
import {preconditionerFrom} from '../basins/preconditioner.ts';
import type {VolumeEstimate} from '../basins/verdict.ts';
import {hessianDiagonal} from '../curvature/hessian-diagonal.ts';
import type {HessianOperator} from '../curvature/hessian-operator.ts';
import type {Coordinates} from '../directions/coordinates.ts';
import {sphericalRays} from '../directions/rays.ts';
import {type CoordinatesName, coordinatesOf, defaultCoordinates, operatorOf} from './operators.ts';
import {findReach} from './find-reach.ts';
import {MEASURE_KEYS, type MeasureOptions, type Subject} from './subject.ts';

export interface VolumeOfOptions extends MeasureOptions {
  readonly cutoff: number;
  /** The loss, its excess over the anchor's, or the divergence from the anchor's predictions. Default 'loss'. */
  readonly cutoffOn?: 'loss' | 'excess' | 'kl';
  readonly directions: number;
  readonly estimator: 'isotropic' | 'preconditioned';
  /** Which of the two volumes is reported; both are of the same basin. Default: relative for a network, else raw. */
  readonly coordinates?: CoordinatesName;
  /** σ of a Gaussian prior on the parameters that move: the basin's mass under it is measured instead of its volume. */
  readonly priorSigma?: number;
}

/** What `minefield volume --json` prints; logarithms are natural, and null is a number that is not finite or not known. */
export interface VolumeDocument extends VolumeEstimate {
  readonly subject: string;
  readonly quantity: 'volume' | 'gaussian mass';
  readonly coordinates: CoordinatesName;
  readonly estimator: 'isotropic' | 'preconditioned';
  /** How the Hessian-vector products were made that stretch the rays; null for isotropic ones. */
  readonly method: HessianOperator['method'] | null;
  /** Parameters that the rays move. */
  readonly dimension: number;
  readonly cutoff: number;
  readonly cutoffOn: 'loss' | 'excess' | 'kl';
  /** The closed form. */
  readonly exact: number | null;
  /** Raw minus relative logarithm of the volume. */
  readonly logDeterminant: number;
  /** Of what the cutoff is on, at the anchor: 0 where that is the divergence of the predictions. */
  readonly anchorLoss: number;
  /** Directions along which the loss falls below the anchor's; none at a minimum. */
  readonly descending: number;
  readonly maximumRadius: number;
  readonly tolerance: number;
  readonly evaluations: number;
  readonly priorSigma: number | null;
  readonly seed: number;
  readonly notes: readonly string[];
}

/** Probes for the diagonal of the Hessian that preconditions. */
const DIAGONAL_PROBES = 64;

/** Nats of error that the radii of an analytic objective may cause; those of a network keep the default of `basinRadii`. */
const ANALYTIC_ERROR = 1e-4;

/** A fall below the anchor's loss counts from this share of the way up to the cutoff. */
const FALL = 0.01;

/**
 * Volume of the basin about a subject's anchor, or its mass under a Gaussian prior, with the evidence for and against it.
 *
 * @throws {InputError} when the anchor's loss is at or above the cutoff, or an option does not fit the subject
 */
export async function volumeOf(subject: Subject, options: VolumeOfOptions): Promise<VolumeDocument> {
  checkOptions('landscape.volumeOf', options, {
    ...MEASURE_KEYS,
    cutoff: true,
    cutoffOn: true,
    directions: true,
    estimator: true,
    coordinates: true,
    priorSigma: true,
  });
  const {cutoff, cutoffOn = 'loss', directions, estimator, priorSigma, seed, signal, onProgress} = options;
  const {coordinates = priorSigma === undefined ? defaultCoordinates(subject) : 'raw'} = options;
  checkWord('landscape.volumeOf', 'what the cutoff is on', cutoffOn, ['loss', 'excess', 'kl']);
  checkWord('landscape.volumeOf', 'an estimator', estimator, ['isotropic', 'preconditioned']);
  const {anchor, known} = subject;
  if (priorSigma !== undefined && coordinates === 'relative') {
    throw new InputError(
      'landscape.volumeOf: expected raw coordinates with a prior on the parameters, got relative; leave them out',
    );
  }
  const loss = subject.objective;
  const objective = cutoffOn === 'kl' ? await divergenceObjective(loss, anchor, {signal}) : loss;
  // Refuses relative ones for an objective without filters; rays of a network are relative, whatever the volume is told in.
  const asked = coordinatesOf(subject, coordinates);
  const system = loss.layout && coordinates === 'raw' ? coordinatesOf(subject, 'relative') : asked;
  const preconditioner =
    estimator === 'preconditioned' ? await preconditionerOf(subject, system, options) : undefined;
  const rays = sphericalRays(system, {
    generator: createGenerator(seed, 'measure', 'volume'),
    preconditioner: preconditioner?.diagonal,
  });
  const cutoffs = [{kind: cutoffOn === 'excess' ? 'excess' : 'loss', value: cutoff}] as const;
  const reach = await findReach(objective, anchor, rays, cutoffs, signal);
  const fallen = reach.anchorLoss - FALL * (reach.threshold - reach.anchorLoss);
  let descending = 0;
  const measured = await basinRadii(objective, anchor, rays, {
    cutoffs,
    directions,
    maximum: reach.maximum,
    scan: reach.scan,
    ...(known && {tolerance: ANALYTIC_ERROR / Math.max(1, system.dimension)}),
    signal,
    ...(onProgress && {onProgress: (done, total) => onProgress(done / total)}),
    onRay: ({losses}) => {
      if (losses.some((value) => value < fallen)) descending += 1;
    },
  });
  const [found] = measured.cutoffs;
  if (!found) throw new InternalError('landscape.volumeOf: expected radii for the one cutoff; this is a bug');
  const {threshold} = found;
  const exact =
    priorSigma === undefined
      ? known?.logVolume(threshold)
      : (known?.logGaussianMass(threshold, priorSigma) ?? undefined);
  const estimate =
    priorSigma === undefined
      ? estimateVolume(measured, {unbounded: exact === Infinity})[coordinates]
      : estimateGaussianMass(found.radii, anchor, rays, {
          ...measured,
          undefinedRays: found.undefinedRays,
          deviation: priorSigma,
        });
  return {
    subject: subject.name,
    quantity: priorSigma === undefined ? 'volume' : 'gaussian mass',
    coordinates,
    estimator,
    method: preconditioner?.method ?? null,
    dimension: measured.dimension,
    cutoff,
    cutoffOn,
    ...estimate,
    exact: exact !== undefined && Number.isFinite(exact) ? exact : null,
    logDeterminant: measured.logDeterminant,
    anchorLoss: measured.anchorLoss,
    descending,
    maximumRadius: measured.maximum,
    tolerance: Math.max(measured.tolerance, measured.toleranceReached),
    evaluations: measured.evaluations,
    priorSigma: priorSigma ?? null,
    seed,
    notes: [
      ...subject.notes,
      ...(descending > 0
        ? [
            `the loss falls below the anchor's along ${descending} of ${directions} directions: the anchor is no minimum`,
          ]
        : []),
    ],
  };
}

/** From the Hessian's diagonal, by a stream of its own: fixed before the rays are drawn. */
async function preconditionerOf(
  subject: Subject,
  coordinates: Coordinates,
  options: MeasureOptions,
): Promise<{readonly diagonal: Float64Array; readonly method: HessianOperator['method']}> {
  const {seed, signal} = options;
  const objective = subject.objective;
  const operator = await operatorOf({...subject, objective}, coordinates, options);
  const {diagonal} = await hessianDiagonal(operator, {
    generator: createGenerator(seed, 'measure', 'diagonal'),
    samples: DIAGONAL_PROBES,
    signal,
  });
  // A diagonal known exactly, and positive, wants no safeguard.
  const trusted = subject.known !== undefined && diagonal.every((value) => value > 0);
  return {
    diagonal: preconditionerFrom(diagonal, coordinates, trusted ? {epsilon: 0} : {}),
    method: operator.method,
  };
}
