import {createGenerator} from '@minefield/core';

/** Examples that a Hessian-vector product is checked on; odd, so that the median is one of them. */
const CHECKED = 31;

/**
 * Minibatches of one example for the self-check of a network's Hessian products, drawn from a stream of the run's seed.
 *
 * The gradient of a ReLU network jumps where a unit switches, and training comes to rest on such jumps: at a trained
 * minimum of the toy, differences of the whole loss are off by factors of ten to a thousand at every step, in float64 too,
 * while the product is right to 1e-5. One example meets few jumps.
 *
 * @param examples how many the objective averages over
 */
export function singleExamples(examples: number, seed: number): Uint32Array[] {
  const order = createGenerator(seed, 'hessian', 'examples').permutation(examples);
  return Array.from(order.subarray(0, CHECKED), (example) => Uint32Array.of(example));
}
