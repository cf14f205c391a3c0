import {
  at,
  checkOptions,
  checkWord,
  type CancelSignal,
  type EvaluationOptions,
  type Generator,
  type Objective,
  InputError,
} from '@minefield/core';
import {checkFloat32, checkGenerator, checkLength} from '../check-input.ts';
import {rawCoordinates, type Coordinates} from '../directions/coordinates.ts';
import {norm} from '../directions/vectors.ts';
import {centralDifference, differenceSteps} from './central-difference.ts';
import {checkAgainstDifferences, type DifferenceCheck} from './check-against-differences.ts';

export interface HessianOptions {
  /** Draws the probe of the self-check. */
  readonly generator: Generator;
  /** Products are of S H S in these. Default: θ itself, S = 1. */
  readonly coordinates?: Coordinates;
  /** Largest relative disagreement with central differences that an exact product may show. Default 0.01. */
  readonly tolerance?: number;
  /** Largest disagreement between two steps at which central differences may be used at all. Default 0.1. */
  readonly differenceTolerance?: number;
  /**
   * Minibatches on which an exact product is checked instead of on the whole loss. Single examples suit networks of ReLUs,
   * whose gradients jump: training comes to rest on such jumps, where differences of the whole loss agree with nothing, while
   * one example meets few of them. Those on which differences agree with each other at two steps count, and of their
   * disagreements with the product the median; there must be three, or all where fewer are given.
   */
  readonly checkOn?: readonly Uint32Array[];
  /** What to do when the objective's own product fails its check. Default 'error'. */
  readonly onMismatch?: 'error' | 'central differences';
  /** Minibatch to average over; all examples when absent. */
  readonly examples?: Uint32Array;
  readonly signal?: CancelSignal | undefined;
}

/** Products with the Hessian at a point, and how they are made. */
export interface HessianOperator {
  /** P: length of the vectors, parameters at rest included. */
  readonly parameters: number;
  readonly coordinates: Coordinates;
  readonly method: 'exact' | 'central differences';
  /** Relative disagreement found: of the exact product with central differences, or of these at two steps. */
  readonly selfCheck: number;
  /** Half-width of the central difference, in the coordinates; null where products are exact. */
  readonly step: number | null;
  /** S H S v, `[P]`. */
  apply(vector: ArrayLike<number>): Promise<Float64Array>;
  /** The same method, step and coordinates at another point, without checking again. */
  at(theta: Float32Array): HessianOperator;
}

/**
 * Hessian-vector products of an objective, checked once on a random vector against central differences of the gradient.
 *
 * Automatic differentiation twice over can be silently wrong, so an objective's own product is used only when it agrees
 * with differences at two neighbouring steps. The step is found by that agreement, from a hundredth of the point's length
 * downwards: a fixed one may leave a sharp minimum's basin or drown in rounding.
 *
 * @throws {InputError} when sizes disagree, or the objective has no gradient to check with
 * @throws {Error} when the check fails and no way out was allowed
 */
export async function hessianOperator(
  objective: Objective,
  theta: Float32Array,
  options: HessianOptions,
): Promise<HessianOperator> {
  checkHessianOptions(options);
  checkFloat32('hessianOperator', 'parameters', theta, objective.dimension);
  const {generator, coordinates = rawCoordinates(theta.length), examples, checkOn, signal} = options;
  const {tolerance = 0.01, differenceTolerance = 0.1, onMismatch = 'error'} = options;
  const gradient = objective.gradient?.bind(objective);
  const hessianVector = objective.hessianVector?.bind(objective);
  checkLength('hessianOperator', 'coordinates', coordinates.scale, theta.length);
  if (!gradient) {
    throw new InputError(
      'landscape.hessianOperator: expected an objective with a gradient, got none; add one',
    );
  }
  const {scale} = coordinates;
  const evaluation = (batch: Uint32Array | undefined): EvaluationOptions => ({
    ...(batch && {examples: batch}),
    signal,
  });

  const exact =
    hessianVector &&
    (async (point: Float32Array, vector: ArrayLike<number>, batch = examples): Promise<Float64Array> => {
      signal?.throwIfAborted();
      const moved = Float32Array.from(scale, (value, i) => value * (vector[i] ?? 0));
      const product = await hessianVector(point, moved, evaluation(batch));
      checkLength('hessianOperator', 'a product of the objective', product, theta.length);
      return scale.map((value, i) => value * (product[i] ?? 0));
    });
  const difference = async (
    point: Float32Array,
    vector: ArrayLike<number>,
    step: number,
    batch = examples,
  ): Promise<Float64Array> => {
    signal?.throwIfAborted();
    return centralDifference((moved) => gradient(moved, evaluation(batch)), point, scale, vector, step);
  };

  const probe = randomProbe(coordinates, generator);
  const steps = differenceSteps(theta, coordinates);
  const check = async (batch?: Uint32Array): Promise<DifferenceCheck> => {
    const product = await exact?.(theta, probe, batch);
    return checkAgainstDifferences(
      product,
      (step) => difference(theta, probe, step, batch),
      steps,
      tolerance,
    );
  };
  const build = (
    made: Pick<HessianOperator, 'method' | 'selfCheck' | 'step'>,
    apply: (point: Float32Array, vector: ArrayLike<number>) => Promise<Float64Array>,
  ): HessianOperator => {
    const operatorAt = (point: Float32Array): HessianOperator => ({
      parameters: theta.length,
      coordinates,
      ...made,
      apply: (vector) => apply(point, vector),
      at: operatorAt,
    });
    return operatorAt(theta);
  };

  if (exact) {
    const checks: DifferenceCheck[] = [];
    for (const batch of checkOn ?? [undefined]) checks.push(await check(batch));
    const selfCheck = verdictOf(checks, tolerance);
    if (selfCheck <= tolerance) return build({method: 'exact', selfCheck, step: null}, exact);
    if (onMismatch === 'error') {
      throw new Error(
        'landscape.hessianOperator: expected the objective’s Hessian-vector product to agree with central differences ' +
          `of its gradient to ${tolerance}, got a relative disagreement of ${selfCheck.toPrecision(3)}; correct ` +
          "hessianVector, check on single examples (checkOn) where gradients jump, or allow {onMismatch: 'central differences'}",
      );
    }
  }
  const {agreement, step} = await check();
  if (!(agreement <= differenceTolerance)) {
    throw new Error(
      'landscape.hessianOperator: expected central differences of the gradient to agree at two steps to ' +
        `${differenceTolerance}, got ${agreement.toPrecision(3)} at best; the loss is too rough or too noisy there`,
    );
  }
  return build({method: 'central differences', selfCheck: agreement, step}, (point, vector) =>
    difference(point, vector, step),
  );
}

/** @throws {InputError} at an option that is none or makes no sense */
function checkHessianOptions(options: HessianOptions): void {
  checkOptions('landscape.hessianOperator', options, {
    generator: true,
    coordinates: true,
    tolerance: true,
    differenceTolerance: true,
    checkOn: true,
    onMismatch: true,
    examples: true,
    signal: true,
  });
  const {generator, tolerance = 0.01, differenceTolerance = 0.1, onMismatch = 'error'} = options;
  checkGenerator('hessianOperator', generator);
  checkWord('landscape.hessianOperator', 'onMismatch', onMismatch, ['error', 'central differences']);
  if (!(tolerance > 0) || !(differenceTolerance > 0)) {
    throw new InputError(
      `landscape.hessianOperator: expected tolerances > 0, got ${tolerance} and ${differenceTolerance}`,
    );
  }
}

/** A random unit vector that rests where the coordinates do. */
export function randomProbe({scale}: Coordinates, generator: Generator): Float64Array {
  const probe = new Float64Array(scale.length);
  generator.fillNormalInto(probe);
  const moved = probe.map((value, i) => (scale[i] === 0 ? 0 : value));
  const length = norm(moved);
  return moved.map((value) => value / length);
}

/**
 * Median disagreement over the checks that say something: those whose differences agree with each other as closely as is asked
 * of the product. (The upper one of the two in the middle, so that half of them passing is not enough.) Infinity where fewer
 * than three do, or the only one does not.
 */
function verdictOf(checks: readonly DifferenceCheck[], tolerance: number): number {
  const telling = checks.filter(({agreement}) => agreement <= tolerance).map(({exactError}) => exactError);
  if (telling.length < Math.min(3, checks.length)) return Infinity;
  return telling.length === 0
    ? Infinity
    : at(
        telling.toSorted((a, b) => a - b),
        Math.floor(telling.length / 2),
      );
}
