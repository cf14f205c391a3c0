import type {Generator} from '@minefield/core';
import {checkCount, checkGenerator} from '../check-input.ts';

/** Odd, so that the median is one of them. */
const CHECKED = 31;

/**
 * Minibatches of one example for the self-check of a network's Hessian products (`checkOn`), at most 31.
 *
 * The gradient of a ReLU network jumps where a unit switches, and training comes to rest on such jumps: at a trained
 * minimum of the toy, differences of the whole loss are off by factors of ten to a thousand at every step, in float64 too,
 * while the product is right to 1e-5. One example meets few jumps.
 *
 * @param examples how many the objective averages over
 * @throws {InputError} when that is no count, or the generator is none
 */
export function singleExamples(examples: number, generator: Generator): Uint32Array[] {
  checkCount('singleExamples', 'examples', examples);
  checkGenerator('singleExamples', generator);
  const order = generator.permutation(examples);
  return Array.from(order.subarray(0, CHECKED), (example) => Uint32Array.of(example));
}
