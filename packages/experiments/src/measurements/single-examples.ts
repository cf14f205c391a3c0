import {createGenerator} from '@minefield/core';
import {singleExamples as drawn} from '@minefield/landscape';

/** What a network's Hessian products are checked on, drawn from a stream of the run's seed. */
export function singleExamples(examples: number, seed: number): Uint32Array[] {
  return drawn(examples, createGenerator(seed, 'hessian', 'examples'));
}
