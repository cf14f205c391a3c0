import type {ParameterLayout} from '@minefield/core';
import {parameterGroups, type GroupOptions} from './parameter-groups.ts';
import {checkFloat32} from '../check-input.ts';

/**
 * Rescales each filter (or layer) of a direction to the length of the model's own; parameters outside every group, and
 * groups in which the model or the direction is zero, rest.
 *
 * @param direction `[P]`
 * @param theta `[P]`
 * @returns `[P]`, a new array
 * @throws {InputError} when a length differs from the layout's dimension
 */
export function normalizeDirection(
  direction: Float32Array,
  theta: Float32Array,
  layout: ParameterLayout,
  options: GroupOptions = {},
): Float32Array {
  checkFloat32('normalizeDirection', 'a direction', direction, layout.dimension);
  checkFloat32('normalizeDirection', 'parameters', theta, layout.dimension);
  const normalized = new Float32Array(direction.length);
  for (const group of parameterGroups('normalizeDirection', layout, options)) {
    let lengthSquared = 0;
    let modelSquared = 0;
    for (const entry of group) {
      lengthSquared += (direction[entry] ?? 0) ** 2;
      modelSquared += (theta[entry] ?? 0) ** 2;
    }
    if (lengthSquared === 0) continue;
    const factor = Math.sqrt(modelSquared / lengthSquared);
    for (const entry of group) normalized[entry] = (direction[entry] ?? 0) * factor;
  }
  return normalized;
}
