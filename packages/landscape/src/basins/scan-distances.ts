import {checkOptions, InputError} from '@minefield/core';

export interface ScanDistancesOptions {
  readonly maximum: number;
  /** First distance. Default maximum / 1,000. */
  readonly first?: number;
  /** Ratio of neighbouring distances, above 1. Default 1.1. */
  readonly growth?: number;
}

/**
 * Most distances that a scan may have. Every ray asks for the loss at each of them up to its crossing, and so many over three
 * decades lie closer together than 1e-4 of their distance: a finer scan finds nothing that {@link basinRadii} does not narrow
 * down faster.
 */
const MOST_DISTANCES = 100_000;

/**
 * Distances at which to look for a bracket: a geometric series that ends exactly at `maximum`. An excursion of the loss
 * above the cutoff and back is sure to be seen where it is wider than 10% (at the default growth) of its distance.
 *
 * @throws {InputError} unless 0 < first <= maximum < Infinity and growth > 1, or when that makes more than 100,000
 */
export function scanDistances(options: ScanDistancesOptions): Float64Array {
  checkOptions('landscape.scanDistances', options, {maximum: true, first: true, growth: true});
  const {maximum, first = maximum / 1000, growth = 1.1} = options;
  if (!(first > 0) || !(first <= maximum) || !(maximum < Infinity) || !(growth > 1)) {
    throw new InputError(
      'landscape.scanDistances: expected 0 < first <= maximum < Infinity and growth > 1, ' +
        `got first ${first}, maximum ${maximum}, growth ${growth}`,
    );
  }
  const steps = Math.ceil(Math.log(maximum / first) / Math.log(growth) - 1e-9);
  if (!(steps < MOST_DISTANCES)) {
    throw new InputError(
      `landscape.scanDistances: expected a growth that makes at most ${MOST_DISTANCES} distances, ` +
        `got ${growth} from ${first} to ${maximum}, which makes ${steps + 1}; take a larger growth`,
    );
  }
  return Float64Array.from({length: steps + 1}, (_, i) =>
    i === steps ? maximum : first * (maximum / first) ** (i / steps),
  );
}

export interface ScanNearOptions {
  readonly maximum: number;
  /** Even steps from 0 to a tenth beyond the largest radius. Default 16. */
  readonly points?: number;
  readonly growth?: number;
}

/**
 * Warm brackets: distances for a basin whose radii are known roughly, from a pilot on a few rays of the same family, say.
 * Even steps as far as the radii reach, a geometric series from there to exactly `maximum`. It must be the same for all rays of a
 * measurement, so that no ray's result depends on which others were measured with it.
 *
 * @param radii censored ones (Infinity) are passed over
 * @throws {InputError} when no radius is finite and positive, `points` is no integer in 1..100,000, or `maximum` is not positive
 *   and finite
 */
export function scanNear(radii: ArrayLike<number>, options: ScanNearOptions): Float64Array {
  checkOptions('landscape.scanNear', options, {maximum: true, points: true, growth: true});
  const {maximum, points = 16, growth = 1.1} = options;
  const largest = Array.from(radii).reduce((most, r) => (Number.isFinite(r) ? Math.max(most, r) : most), 0);
  if (!(largest > 0) || !Number.isInteger(points) || points < 1 || points > MOST_DISTANCES) {
    throw new InputError(
      `landscape.scanNear: expected a finite radius above 0 and points in 1..${MOST_DISTANCES}, got ${largest} and ${points}; ` +
        'take scanDistances where no pilot ray crosses',
    );
  }
  if (!(maximum > 0 && maximum < Infinity)) {
    throw new InputError(`landscape.scanNear: expected a finite maximum > 0, got ${maximum}`);
  }
  const reach = Math.min(largest * 1.1, maximum);
  const even = Float64Array.from({length: points}, (_, i) => (reach * (i + 1)) / points);
  const beyond = reach === maximum ? [] : scanDistances({maximum, first: reach, growth}).subarray(1);
  const scan = new Float64Array(even.length + beyond.length);
  scan.set(even);
  scan.set(beyond, even.length);
  // Not its rounded neighbour.
  scan[scan.length - 1] = maximum;
  return scan;
}
