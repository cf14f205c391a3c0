/**
 * The middle value; the mean of the two in the middle of an even number; NaN of none.
 *
 * @param values may be infinite; where one is NaN, so may the median be
 */
export function median(values: ArrayLike<number>): number {
  const rising = Float64Array.from(values).toSorted();
  const upper = rising[Math.floor(rising.length / 2)] ?? Number.NaN;
  const lower = rising[Math.ceil(rising.length / 2) - 1] ?? Number.NaN;
  // Two infinities have no mean.
  return lower === upper ? upper : (lower + upper) / 2;
}
