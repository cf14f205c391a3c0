import {InputError} from '@minefield/core';
import type {BasinRadiiOptions} from './basin-radii.ts';

/** @throws {InputError} when there is nothing to measure or the scan cannot bracket */
export function checkRadiiOptions(
  options: BasinRadiiOptions,
  tolerance: number,
  scan: ArrayLike<number>,
): void {
  const {cutoffs, directions, maximum, from = 0} = options;
  if (cutoffs.length === 0)
    throw new InputError('landscape.basinRadii: expected at least one cutoff, got none');
  if (!Number.isInteger(directions) || directions < 1 || !Number.isInteger(from) || from < 0) {
    throw new InputError(
      `landscape.basinRadii: expected directions >= 1 from an index >= 0, got ${directions} from ${from}`,
    );
  }
  if (!(tolerance > 0 && tolerance <= 0.1)) {
    throw new InputError(`landscape.basinRadii: expected a tolerance in (0, 0.1], got ${tolerance}`);
  }
  let previous = 0;
  for (let i = 0; i < scan.length; i++) {
    const distance = scan[i] ?? Number.NaN;
    if (!(distance > previous)) {
      throw new InputError(
        `landscape.basinRadii: expected scan distances to rise from above 0, got ${distance} after ${previous}`,
      );
    }
    previous = distance;
  }
  if (previous !== maximum || !(maximum < Infinity)) {
    throw new InputError(
      `landscape.basinRadii: expected a scan that ends at the maximum ${maximum}, got ${previous}`,
    );
  }
}
