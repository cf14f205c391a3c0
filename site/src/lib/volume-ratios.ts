import type {Claim} from './claims.ts';

/**
 * Claim 10 of an experiment: the fewest decades, over the cutoffs that its criterion is about, by which the good basin is larger by
 * the stable statistic; null where nothing is known of one of them.
 */
export function leastDecades(claims: readonly Claim[], experiment: string): number | null {
  const claim = claims.find((one) => one.id === 10 && one.experiment === experiment);
  const bounded = (claim?.measures ?? []).filter(({bound}) => bound !== null);
  const least = bounded.map(({median}) => (typeof median === 'number' ? median : median?.least));
  const known = least.filter((value) => value !== undefined);
  return known.length === 0 || known.length < least.length ? null : Math.min(...known);
}
