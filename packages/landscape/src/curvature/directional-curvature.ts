import {at, InputError} from '@minefield/core';
import {checkFloat32, checkLength, checkPositions} from '../check-input.ts';
import type {HessianOperator} from './hessian-operator.ts';
import {settledCurvature} from './settled-curvature.ts';

/**
 * dᵀ S H S d: second derivative of the loss along a direction given in the operator's coordinates, `[P]`, as long as it is. Where
 * products are differences, at the step that settles along this very direction, or comes nearest to it: {@link settledCurvature}
 * says which.
 */
export async function directionalCurvature(
  operator: HessianOperator,
  direction: ArrayLike<number>,
): Promise<number> {
  return (await settledCurvature(operator, direction)).curvature;
}

/**
 * dᵀHd at each anchor + t · direction, with the method that the operator's self-check chose at its own point. The step
 * of differences is settled at each point anew, as {@link directionalCurvature} does.
 *
 * @param operator in raw coordinates, at the anchor
 * @param distances t, `[T]`
 * @returns `[T]`
 * @throws {InputError} when the operator's coordinates are scaled: its products are not those of H
 */
export async function curvatureAlong(
  operator: HessianOperator,
  anchor: Float32Array,
  direction: ArrayLike<number>,
  distances: ArrayLike<number>,
): Promise<Float64Array> {
  if (operator.coordinates.scale.some((value) => value !== 1)) {
    throw new InputError(
      'landscape.curvatureAlong: expected an operator in raw coordinates, got scaled ones; make it without coordinates',
    );
  }
  checkFloat32('curvatureAlong', 'an anchor', anchor, operator.parameters);
  checkLength('curvatureAlong', 'a direction', direction, anchor.length);
  checkPositions('curvatureAlong', 'distances', distances);
  const curvatures = new Float64Array(distances.length);
  for (let t = 0; t < distances.length; t++) {
    const distance = at(distances, t);
    const point = anchor.map((value, i) => value + distance * (direction[i] ?? 0));
    curvatures[t] = await directionalCurvature(operator.at(point), direction);
  }
  return curvatures;
}
