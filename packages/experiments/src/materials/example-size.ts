import type {Dataset} from '@minefield/core';

/** Numbers in one example. */
export function exampleSize({inputShape}: Pick<Dataset, 'inputShape'>): number {
  return inputShape.reduce((product, length) => product * length, 1);
}
