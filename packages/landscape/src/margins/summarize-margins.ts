import {at, median} from '@minefield/core';

export interface MarginSummary {
  /** Over the points whose boundary was found; null where there is none. */
  readonly mean: number | null;
  readonly median: number | null;
  readonly minimum: number | null;
  /** Points whose boundary was not found. */
  readonly missing: number;
}

/** Mean, median and minimum of the distances that are finite. */
export function summarizeMargins(distances: ArrayLike<number>): MarginSummary {
  const found = Float64Array.from(distances).filter(Number.isFinite).toSorted();
  const missing = distances.length - found.length;
  if (found.length === 0) return {mean: null, median: null, minimum: null, missing};
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  return {mean, median: median(found), minimum: at(found, 0), missing};
}
