/**
 * Mean of a correlated series, with a standard error that allows for the correlation: from the spread of the means of about
 * √N stretches. Too small where the series is correlated over more than about √N steps.
 *
 * @returns a standard error of Infinity for fewer than four values
 */
export function batchMeans(series: ArrayLike<number>): {mean: number; standardError: number} {
  const count = series.length;
  const batches = count < 4 ? 0 : Math.floor(Math.sqrt(count));
  const size = batches > 0 ? Math.floor(count / batches) : 0;
  let total = 0;
  for (let i = 0; i < count; i++) total += series[i] ?? Number.NaN;
  const mean = total / count;
  if (batches < 2) return {mean, standardError: Infinity};
  // Leftover values at the start are left out of the error, not of the mean.
  const skipped = count - batches * size;
  const means = Array.from({length: batches}, (_, b) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += series[skipped + b * size + i] ?? Number.NaN;
    return sum / size;
  });
  const centre = means.reduce((sum, value) => sum + value, 0) / batches;
  const squares = means.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {mean, standardError: Math.sqrt(squares / (batches - 1) / batches)};
}
