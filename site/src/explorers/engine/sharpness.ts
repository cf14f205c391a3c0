/** The Hessian of a network's training loss, as the records of `curvature` take it: the same streams, checked on the same examples. */
import {type CancelSignal, createGenerator} from '@minefield/core';
import {
  type Coordinates,
  type HessianOperator,
  hessianOperator,
  largestEigenvalue,
  singleExamples,
} from '@minefield/landscape';
import type {OpenProblem} from './problem.ts';

export interface Sharpness {
  readonly seed: number;
  /** Training examples of the problem. */
  readonly examples: number;
  readonly coordinates: Coordinates;
  readonly signal: CancelSignal;
}

/** Products with the Hessian in relative coordinates. */
export function relativeHessian(
  {objective}: OpenProblem,
  theta: Float32Array,
  {seed, examples, coordinates, signal}: Sharpness,
): Promise<HessianOperator> {
  return hessianOperator(objective, theta, {
    generator: createGenerator(seed, 'curvature', 'relative', 'probe'),
    coordinates,
    checkOn: examplesToCheck(examples, seed),
    signal,
  });
}

/** The largest eigenvalue in relative coordinates. @param onProgress of so many steps, at most so many */
export async function sharpest(
  opened: OpenProblem,
  theta: Float32Array,
  sharpness: Sharpness,
  onProgress?: (steps: number, most: number) => void,
): Promise<number> {
  const operator = await relativeHessian(opened, theta, sharpness);
  const {value} = await largestEigenvalue(operator, {
    generator: createGenerator(sharpness.seed, 'curvature', 'relative', 'start'),
    maximumSteps: Math.min(200, sharpness.coordinates.dimension),
    tolerance: 1e-3,
    signal: sharpness.signal,
    ...(onProgress && {onProgress}),
  });
  return value;
}

/** What products are checked on. */
export function examplesToCheck(examples: number, seed: number): Uint32Array[] {
  return singleExamples(examples, {generator: createGenerator(seed, 'hessian', 'examples')});
}
