import type {Generator, ParameterLayout} from '@minefield/core';
import {normalizeDirection} from './normalize-direction.ts';
import type {GroupOptions} from './parameter-groups.ts';
import {checkLength, norm} from './vectors.ts';

/** Independent standard normal entries, `[parameters]`. */
export function gaussianDirection(parameters: number, generator: Generator): Float32Array {
  const direction = new Float32Array(parameters);
  generator.fillNormalInto(direction);
  return direction;
}

/** Uniform on the unit sphere, `[parameters]`. */
export function unitDirection(parameters: number, generator: Generator): Float32Array {
  const direction = gaussianDirection(parameters, generator);
  const length = norm(direction);
  return direction.map((value) => value / length);
}

/**
 * A Gaussian direction with each filter rescaled to the length of the model's filter; biases and batch-norm parameters at
 * rest, and filters that are wholly zero too. With `by: 'layer'` each kernel is rescaled as a whole.
 *
 * @param theta `[P]`
 * @returns `[P]`
 * @throws {RangeError} when `theta` does not fit the layout
 * Source: Li et al. 2018, Visualizing the loss landscape of neural nets, section 4.
 */
export function filterNormalizedDirection(
  theta: Float32Array,
  layout: ParameterLayout,
  generator: Generator,
  options: GroupOptions = {},
): Float32Array {
  return normalizeDirection(gaussianDirection(theta.length, generator), theta, layout, options);
}

/**
 * A Gaussian direction with each entry multiplied by the size of its weight, biases included where asked.
 *
 * @param theta `[P]`
 * @returns `[P]`
 * @throws {RangeError} when `theta` does not fit the layout
 */
export function weightNormalizedDirection(
  theta: Float32Array,
  layout: ParameterLayout,
  generator: Generator,
  options: Pick<GroupOptions, 'others'> = {},
): Float32Array {
  checkLength('weightNormalizedDirection', 'parameters', theta, layout.dimension);
  const direction = gaussianDirection(theta.length, generator);
  const moved = new Float32Array(theta.length);
  for (const {role, offset, size} of layout.slices) {
    if (role !== 'kernel' && options.others !== 'normalized') continue;
    for (let i = offset; i < offset + size; i++) moved[i] = (direction[i] ?? 0) * Math.abs(theta[i] ?? 0);
  }
  return moved;
}
