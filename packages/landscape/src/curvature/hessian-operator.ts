import {type EvaluationOptions, type Objective, InputError} from '@minefield/core';
import {checkFloat32, checkLength} from '../check-input.ts';
import {rawCoordinates, type Coordinates} from '../directions/coordinates.ts';
import {centralDifference, differenceSteps} from './central-difference.ts';
import {checkFiniteAt} from './check-finite-at.ts';
import {checkAgainstDifferences, verdictOf, type DifferenceCheck} from './check-against-differences.ts';
import {exactProduct, type ProductAt} from './exact-product.ts';
import {checkHessianOptions, type HessianOptions} from './hessian-options.ts';
import {randomProbe} from './random-probes.ts';

/** Products with the Hessian at a point, and how they are made. */
export interface HessianOperator {
  /** P: length of the vectors, parameters at rest included. */
  readonly parameters: number;
  readonly coordinates: Coordinates;
  readonly method: 'exact' | 'central differences';
  /** Relative disagreement found: of the exact product with central differences, or of these at two steps. */
  readonly selfCheck: number;
  /**
   * Half-width of the central difference, in the coordinates; null where products are exact. It was chosen on a random vector:
   * right for traces and diagonals, whose vectors are random too, and too wide along the eigenvector of a large eigenvalue. So
   * eigenvalues, densities and curvatures along a direction halve it until they settle.
   */
  readonly step: number | null;
  /** How many products cost less when they are asked for at once, as by `Promise.all`, than one after another. Default 1: none. */
  readonly preferredBatch?: number;
  /** S H S v, `[P]`. */
  apply(vector: ArrayLike<number>): Promise<Float64Array>;
  /** The same method, step and coordinates at another point, without checking again. */
  at(theta: Float32Array): HessianOperator;
  /** Differences of another half-width; the operator itself where products are exact. @throws {InputError} unless it is > 0 */
  withStep(step: number): HessianOperator;
}

/** Enough that what they have in common costs little. */
const BATCH = 8;

/**
 * Hessian-vector products of an objective, checked once on a random vector against central differences of the gradient.
 *
 * Automatic differentiation twice over can be silently wrong, so an objective's own product is used only when it agrees
 * with differences at two neighbouring steps. The step is found by that agreement, from a hundredth of the point's length
 * downwards: a fixed one may leave a sharp minimum's basin or drown in rounding.
 *
 * @throws {InputError} when sizes disagree, the objective has no gradient to check with or is not finite at the point, or the check
 *   fails and no way out was allowed
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
  checkLength('hessianOperator', 'coordinates', coordinates.scale, theta.length);
  if (!gradient) {
    throw new InputError(
      'landscape.hessianOperator: expected an objective with a gradient, got none; add one',
    );
  }
  const {scale} = coordinates;
  const evaluation = (batch = examples): EvaluationOptions => ({...(batch && {examples: batch}), signal});

  const exact = exactProduct(objective, scale);
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
    const product = await exact?.(theta, evaluation(batch))(probe);
    return checkAgainstDifferences(
      product,
      (step) => difference(theta, probe, step, batch),
      steps,
      tolerance,
    );
  };
  const exactAt = (product: ProductAt, selfCheck: number, point: Float32Array): HessianOperator => {
    const operator: HessianOperator = {
      parameters: theta.length,
      coordinates,
      method: 'exact',
      selfCheck,
      step: null,
      preferredBatch: objective.hessianVectors ? BATCH : 1,
      apply: product(point, evaluation()),
      at: (other) => exactAt(product, selfCheck, other),
      withStep: () => operator,
    };
    return operator;
  };
  const differencesAt = (selfCheck: number, step: number, point: Float32Array): HessianOperator => ({
    parameters: theta.length,
    coordinates,
    method: 'central differences',
    selfCheck,
    step,
    apply: (vector) => difference(point, vector, step),
    at: (other) => differencesAt(selfCheck, step, other),
    withStep(other) {
      if (other > 0 && other < Infinity) return differencesAt(selfCheck, other, point);
      throw new InputError(`landscape.hessianOperator: expected a step > 0, got ${other}`);
    },
  });

  if (exact) {
    const checks: DifferenceCheck[] = [];
    for (const batch of checkOn ?? [undefined]) checks.push(await check(batch));
    const selfCheck = verdictOf(checks, tolerance);
    if (selfCheck !== undefined && selfCheck <= tolerance) return exactAt(exact, selfCheck, theta);
    const found = selfCheck ?? checks.reduce((least, {exactError}) => Math.min(least, exactError), Infinity);
    // Infinity comes of numbers that are not finite, which nobody can trust.
    if (onMismatch === 'trust' && found < Infinity) return exactAt(exact, found, theta);
    if (onMismatch !== 'central differences') {
      await checkFiniteAt(objective, theta, evaluation());
      throw new InputError(mismatch(found === Infinity ? found : selfCheck, checks, tolerance));
    }
  }
  const {agreement, step} = await check();
  if (!(agreement <= differenceTolerance)) {
    await checkFiniteAt(objective, theta, evaluation());
    throw new InputError(
      'landscape.hessianOperator: expected central differences of the gradient to agree at two steps to ' +
        `${differenceTolerance}, got ${agreement.toPrecision(3)} at best; the loss is too rough or too noisy there, or has ` +
        'a kink: differences agree with nothing where the gradient jumps, so give the objective a hessianVector',
    );
  }
  return differencesAt(agreement, step, theta);
}

/** What to say of a product that was not confirmed. */
function mismatch(
  selfCheck: number | undefined,
  checks: readonly DifferenceCheck[],
  tolerance: number,
): string {
  const expected =
    'landscape.hessianOperator: expected the objective’s Hessian-vector product to agree with central differences ' +
    `of its gradient to ${tolerance}, got `;
  if (selfCheck === Infinity) {
    return `${expected}numbers that are not finite; correct hessianVector, or measure at another point`;
  }
  if (selfCheck !== undefined) {
    return (
      `${expected}a relative disagreement of ${selfCheck.toPrecision(3)}; correct hessianVector, ` +
      "check on single examples (checkOn) where gradients jump, allow {onMismatch: 'central differences'}, " +
      "or trust the product ({onMismatch: 'trust'}, --trust-products)"
    );
  }
  const best = checks.reduce((least, {agreement}) => Math.min(least, agreement), Infinity);
  return (
    `${expected}differences that agree with nothing, with one another at two steps to ${best.toPrecision(3)} at best, so that ` +
    'they say nothing about the product. The gradient jumps there, as at a kink of ReLUs, on which training comes to rest; ' +
    'check on single examples, of which most meet no kink (checkOn: [Uint32Array.of(0), Uint32Array.of(1), …], three at ' +
    'least), or at a point a little aside; or take a product that is known to be right at its word ' +
    "({onMismatch: 'trust'}, --trust-products)"
  );
}
