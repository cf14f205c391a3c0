/** exp of the mean logarithm; NaN of none. @param values above 0, finite or not */
export function geometricMean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.log(values[i] ?? Number.NaN);
  return Math.exp(sum / values.length);
}
