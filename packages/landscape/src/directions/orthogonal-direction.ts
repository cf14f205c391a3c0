import {type ParameterLayout, InputError} from '@minefield/core';
import {checkFloat32, checkLength} from '../check-input.ts';
import {parameterGroups, type GroupOptions} from './parameter-groups.ts';
import {addScaledInto, dot, norm} from './vectors.ts';

/**
 * A direction made orthogonal to others, at its own length. Keeps Gaussian, unit and weight-normalized directions what
 * they are; filter- and layer-normalized ones need {@link orthogonalNormalizedDirection}.
 *
 * @param against `[P]` each; they need not be orthogonal to one another
 * @throws {InputError} when sizes disagree or nothing is left of the direction
 */
export function orthogonalDirection(
  direction: ArrayLike<number>,
  against: readonly ArrayLike<number>[],
): Float32Array {
  const rest = remainder(direction, against);
  const factor = norm(direction) / norm(rest);
  if (!Number.isFinite(factor)) {
    throw new InputError(
      'landscape.orthogonalDirection: expected a direction outside the span of the others, got one within',
    );
  }
  return Float32Array.from(rest, (value) => value * factor);
}

/**
 * A normalized direction orthogonal to others filter by filter (or layer by layer), so that rescaling each filter to the
 * model's length afterwards cannot undo it. Filters with no more entries than there are directions to be orthogonal to
 * have no room for another: they rest.
 *
 * @param direction any direction, `[P]`
 * @param against directions to be orthogonal to, `[P]` each
 * @returns `[P]`, each group as long as the model's
 * @throws {InputError} when sizes disagree with the layout
 */
export function orthogonalNormalizedDirection(
  direction: Float32Array,
  against: readonly Float32Array[],
  theta: Float32Array,
  layout: ParameterLayout,
  options: GroupOptions = {},
): Float32Array {
  for (const vector of [direction, theta, ...against]) {
    checkFloat32('orthogonalNormalizedDirection', 'vectors', vector, layout.dimension);
  }
  const result = new Float32Array(direction.length);
  for (const group of parameterGroups('orthogonalNormalizedDirection', layout, options)) {
    if (group.length <= against.length) continue;
    const part = (vector: Float32Array): Float64Array =>
      Float64Array.from(group, (entry) => vector[entry] ?? 0);
    const rest = remainder(part(direction), against.map(part));
    const length = norm(rest);
    if (length === 0) continue;
    const factor = norm(part(theta)) / length;
    group.forEach((entry, i) => (result[entry] = (rest[i] ?? 0) * factor));
  }
  return result;
}

/** What is left of a vector outside the span of others: Gram–Schmidt, twice against rounding; 0 where that is all rounding. */
function remainder(vector: ArrayLike<number>, against: readonly ArrayLike<number>[]): Float64Array {
  const basis: Float64Array[] = [];
  const reduce = (from: ArrayLike<number>): Float64Array => {
    checkLength('orthogonalDirection', 'vectors', from, vector.length);
    const rest = Float64Array.from(from);
    for (const member of [...basis, ...basis]) addScaledInto(rest, -dot(member, rest), member);
    return norm(rest) > 1e-6 * norm(from) ? rest : rest.fill(0);
  };
  for (const other of against) {
    const rest = reduce(other);
    const length = norm(rest);
    if (length > 0) basis.push(rest.map((value) => value / length));
  }
  return reduce(vector);
}
