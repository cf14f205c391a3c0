import {InputError, at} from '@minefield/core';

/** Ranks 1 .. n; ties share the mean of the ranks that they span. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).toSorted((a, b) => at(values, a) - at(values, b));
  const out = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length;) {
    let last = first;
    const value = values[at(order, first)];
    while (last + 1 < order.length && values[at(order, last + 1)] === value) last++;
    for (let i = first; i <= last; i++) out[at(order, i)] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return out;
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, ties averaged.
 *
 * @returns a value in −1 .. 1; null where either side is constant, or there are fewer than two pairs
 * @throws {InputError} when the lengths differ or a value is NaN
 */
export function spearman(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length !== ys.length || [...xs, ...ys].some(Number.isNaN)) {
    throw new InputError(
      `claims.spearman: expected two lists of equally many numbers, got ${xs.length} and ${ys.length}`,
    );
  }
  const [rx, ry] = [ranks(xs), ranks(ys)];
  const mean = (xs.length + 1) / 2;
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    const [dx, dy] = [at(rx, i) - mean, at(ry, i) - mean];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
