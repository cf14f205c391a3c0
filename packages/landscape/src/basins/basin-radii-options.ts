import {at, type CancelSignal, checkOptions, InputError, type OptionKeys} from '@minefield/core';
import {checkCutoff, type Cutoff} from './cutoff.ts';

export interface BasinRadiiOptions {
  readonly cutoffs: readonly Cutoff[];
  /** Rays are followed up to here; those still below a cutoff are censored. */
  readonly maximum: number;
  /** How many rays. */
  readonly directions: number;
  /** Index of the first ray: measure 0..999 here and 1000..1999 elsewhere, then {@link mergeRadii}. Default 0. */
  readonly from?: number;
  /** Relative tolerance of a radius. Default 0.1/n (an error of 0.1 nat in a log volume), or 1e-5 where that is larger. */
  readonly tolerance?: number;
  /** Distances scanned for a bracket, rising, the last `maximum`. Default {@link scanDistances}. */
  readonly scan?: ArrayLike<number>;
  readonly signal?: CancelSignal | undefined;
  /** Called as rays are finished. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Receives each ray as it is finished, in no particular order. */
  readonly onRay?: (ray: MeasuredRay) => void;
}

export interface MeasuredRay {
  readonly index: number;
  /** One for each applicable cutoff, in the order given; Infinity where censored. */
  readonly radii: Float64Array;
  /** The distances scanned, up to the last cutoff's bracket. */
  readonly distances: Float64Array;
  /** Loss at each; Infinity far above the last cutoff. */
  readonly losses: Float64Array;
}

export const RADII_KEYS: OptionKeys<BasinRadiiOptions> = {
  cutoffs: true,
  maximum: true,
  directions: true,
  from: true,
  tolerance: true,
  scan: true,
  signal: true,
  onProgress: true,
  onRay: true,
};

/** @throws {InputError} at an option that is none */
export function checkRadiiKeys(options: BasinRadiiOptions): void {
  checkOptions('landscape.basinRadii', options, RADII_KEYS);
}

/** @throws {InputError} when there is nothing to measure or the scan cannot bracket */
export function checkRadiiOptions(
  options: BasinRadiiOptions,
  tolerance: number,
  scan: ArrayLike<number>,
): void {
  const {cutoffs, directions, maximum, from = 0} = options;
  if (!(cutoffs?.length > 0)) {
    throw new InputError(
      "landscape.basinRadii: expected at least one cutoff, got none; [{kind: 'loss', value: 0.5}] is one",
    );
  }
  for (const cutoff of cutoffs) checkCutoff(cutoff);
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
    const distance = at(scan, i);
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
