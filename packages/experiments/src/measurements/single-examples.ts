import {createGenerator} from '@minefield/core';
import {type Subject, minibatchesOfTen, singleExamples as drawn} from '@minefield/landscape';

/** What a network's Hessian products are checked on, drawn from a stream of the run's seed. */
export function singleExamples(examples: number, seed: number): Uint32Array[] {
  return drawn(examples, {generator: createGenerator(seed, 'hessian', 'examples')});
}

/** What the products of a network that may be smooth are checked on. */
export function checksOn(examples: number): Pick<Subject, 'checkOn' | 'orCheckOn'> {
  const generator = createGenerator(1, 'hessian', 'minibatches');
  return {checkOn: singleExamples(examples, 1), orCheckOn: minibatchesOfTen(examples, {generator})};
}
