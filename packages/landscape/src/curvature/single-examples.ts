import {checkOptions} from '@minefield/core';
import {checkCount, checkGenerator} from '../check-input.ts';
import type {DrawOptions} from '../directions/random-directions.ts';

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
export function singleExamples(examples: number, options: DrawOptions): Uint32Array[] {
  const order = drawnOrder('singleExamples', examples, options);
  return Array.from(order.subarray(0, CHECKED), (example) => Uint32Array.of(example));
}

/**
 * Minibatches of ten examples, at most 9, for the self-check of a smooth network's Hessian products (`orCheckOn`): where such a
 * network fits every example, their slopes are those of probabilities next to 1, of which float32 keeps a digit or two, and of ten
 * at once some are fitted less well. All examples as one, where there are fewer than 30.
 *
 * @param examples how many the objective averages over
 * @throws {InputError} when that is no count, or the generator is none
 */
export function minibatchesOfTen(examples: number, options: DrawOptions): Uint32Array[] {
  const order = drawnOrder('minibatchesOfTen', examples, options);
  const tens = Array.from({length: Math.min(9, Math.floor(examples / 10))}, (_, k) =>
    order.subarray(10 * k, 10 * (k + 1)),
  );
  return tens.length < 3 ? [order] : tens;
}

function drawnOrder(caller: string, examples: number, options: DrawOptions): Uint32Array {
  checkOptions(`landscape.${caller}`, options, {generator: true});
  checkCount(caller, 'examples', examples);
  checkGenerator(caller, options.generator);
  return options.generator.permutation(examples);
}
