import {median} from '@minefield/core';
import type {Verdict} from './claim.ts';

/**
 * What is known of a number: it lies in `low .. high`. A measured number has equal ends; a diverged run says nothing; a
 * censored radius has no upper end. Criteria are judged over the whole bracket, so nothing is dropped and nothing assumed.
 */
export interface Bracket {
  readonly low: number;
  readonly high: number;
}

export const unknown: Bracket = {low: -Infinity, high: Infinity};

export function exactly(value: number): Bracket {
  return {low: value, high: value};
}

export function isExact({low, high}: Bracket): boolean {
  return low === high;
}

/** Where the median lies, whatever the true values are: medians are monotone, so the ends suffice. */
export function medianBracket(values: readonly Bracket[]): Bracket {
  return {low: median(values.map(({low}) => low)), high: median(values.map(({high}) => high))};
}

/** Room for the rounding of means of two exact fractions; far below any step that a criterion could hinge on. */
const ROUNDING = 1e-12;

export function atLeast({low, high}: Bracket, threshold: number): Verdict {
  if (low >= threshold - ROUNDING) return 'pass';
  return high < threshold - ROUNDING ? 'fail' : 'undecided';
}

export function atMost({low, high}: Bracket, threshold: number): Verdict {
  return atLeast({low: -high, high: -low}, -threshold);
}

/** Whether the first exceeds the second. */
export function exceeds(first: Bracket, second: Bracket): Verdict {
  if (first.low > second.high) return 'pass';
  return first.high <= second.low ? 'fail' : 'undecided';
}

/** Where the difference lies, whatever the two are. */
export function difference(first: Bracket, second: Bracket): Bracket {
  return {low: first.low - second.high, high: first.high - second.low};
}
