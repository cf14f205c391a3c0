import {InputError} from '@minefield/core';
import {checkLength} from '../check-input.ts';
import type {Rays} from './rays.ts';

/**
 * Rays along given directions, both ways: ray 2i goes along direction i, ray 2i + 1 against it. Distances on a ray are in lengths
 * of its direction.
 *
 * @param directions `[P]` each
 * @throws {InputError} when there is none, or they are not of one length
 */
export function raysAlong(directions: readonly ArrayLike<number>[]): Rays {
  const [first] = directions;
  if (first === undefined || first.length === 0) {
    throw new InputError('landscape.raysAlong: expected directions of one number at least, got none');
  }
  for (const direction of directions) checkLength('raysAlong', 'a direction', direction, first.length);
  const moves = (i: number): boolean => directions.some((direction) => direction[i] !== 0);
  return {
    parameters: first.length,
    dimension: Array.from({length: first.length}, (_, i) => moves(i)).filter(Boolean).length,
    logDeterminant: 0,
    fillInto(out, index) {
      const direction = directions[index >> 1];
      if (direction === undefined) {
        throw new InputError(
          `landscape.raysAlong: expected a ray below ${2 * directions.length}, got ${index}; ask for two a direction at most`,
        );
      }
      const way = index % 2 === 0 ? 1 : -1;
      for (let i = 0; i < out.length; i++) out[i] = way * (direction[i] ?? 0);
    },
  };
}
