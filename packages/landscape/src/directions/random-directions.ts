import {checkOptions, checkWord, type Generator, type ParameterLayout} from '@minefield/core';
import {checkFloat32, checkGenerator} from '../check-input.ts';
import {normalizeDirection} from './normalize-direction.ts';
import {checkGroupOptions, OTHERS, type GroupOptions} from './parameter-groups.ts';
import {norm} from './vectors.ts';

export interface DrawOptions {
  /** Where what is random comes from. */
  readonly generator: Generator;
}

export interface RandomDirectionOptions extends DrawOptions, GroupOptions {}

/** Independent standard normal entries, `[parameters]`. */
export function gaussianDirection(parameters: number, options: DrawOptions): Float32Array {
  return drawn('gaussianDirection', parameters, options);
}

/** Uniform on the unit sphere, `[parameters]`. */
export function unitDirection(parameters: number, options: DrawOptions): Float32Array {
  const direction = drawn('unitDirection', parameters, options);
  const length = norm(direction);
  return direction.map((value) => value / length);
}

/**
 * A Gaussian direction with each filter rescaled to the length of the model's filter; biases and batch-norm parameters at
 * rest, and filters that are wholly zero too. With `by: 'layer'` each kernel is rescaled as a whole.
 *
 * @param theta `[P]`
 * @returns `[P]`
 * @throws {InputError} when `theta` does not fit the layout
 * Source: Li et al. 2018, Visualizing the loss landscape of neural nets, section 4.
 */
export function filterNormalizedDirection(
  theta: Float32Array,
  layout: ParameterLayout,
  options: RandomDirectionOptions,
): Float32Array {
  checkFloat32('filterNormalizedDirection', 'parameters', theta, layout.dimension);
  checkOptions('landscape.filterNormalizedDirection', options, {generator: true, by: true, others: true});
  const {generator, ...groups} = options;
  checkGroupOptions('filterNormalizedDirection', groups);
  const direction = drawn('filterNormalizedDirection', theta.length, {generator});
  return normalizeDirection(direction, theta, layout, groups);
}

/**
 * A Gaussian direction with each entry multiplied by the size of its weight, biases included where asked.
 *
 * @param theta `[P]`
 * @returns `[P]`
 * @throws {InputError} when `theta` does not fit the layout
 */
export function weightNormalizedDirection(
  theta: Float32Array,
  layout: ParameterLayout,
  options: Omit<RandomDirectionOptions, 'by'>,
): Float32Array {
  checkFloat32('weightNormalizedDirection', 'parameters', theta, layout.dimension);
  checkOptions('landscape.weightNormalizedDirection', options, {generator: true, others: true});
  const {generator, others = 'zero'} = options;
  checkWord('landscape.weightNormalizedDirection', 'others', others, OTHERS);
  const direction = drawn('weightNormalizedDirection', theta.length, {generator});
  const moved = new Float32Array(theta.length);
  for (const {role, offset, size} of layout.slices) {
    if (role !== 'kernel' && others !== 'normalized') continue;
    for (let i = offset; i < offset + size; i++) moved[i] = (direction[i] ?? 0) * Math.abs(theta[i] ?? 0);
  }
  return moved;
}

/** @param caller the public function that draws */
function drawn(caller: string, parameters: number, options: DrawOptions): Float32Array {
  checkOptions(`landscape.${caller}`, options, {generator: true});
  const {generator} = options;
  checkGenerator(caller, generator);
  const direction = new Float32Array(parameters);
  generator.fillNormalInto(direction);
  return direction;
}
