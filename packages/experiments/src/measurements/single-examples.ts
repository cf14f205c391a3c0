import {createGenerator} from '@minefield/core';
import {type Subject, singleExamples as drawn} from '@minefield/landscape';

/** What a network's Hessian products are checked on, drawn from a stream of the run's seed. */
export function singleExamples(examples: number, seed: number): Uint32Array[] {
  return drawn(examples, createGenerator(seed, 'hessian', 'examples'));
}

/**
 * What the products of a network that may be smooth are checked on. Single examples meet few kinks. Where a smooth network fits
 * them all, their slopes are those of probabilities next to 1, of which float32 keeps a digit or two; ten at once have some that
 * are fitted less well.
 */
export function checksOn(examples: number): Pick<Subject, 'checkOn' | 'orCheckOn'> {
  const order = createGenerator(1, 'hessian', 'minibatches').permutation(examples);
  const tens = Array.from({length: Math.min(9, Math.floor(examples / 10))}, (_, k) =>
    order.subarray(10 * k, 10 * (k + 1)),
  );
  return {checkOn: singleExamples(examples, 1), orCheckOn: tens.length < 3 ? [order] : tens};
}
