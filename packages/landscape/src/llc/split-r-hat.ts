import {at} from '@minefield/core';

/**
 * Split-R̂: by how much chains, and the two halves of each, disagree about the mean of what they draw. √(1 + B/W) for long
 * chains, with B the variance between the means of the halves and W the mean variance within them: 1 where all have
 * settled on the same law, more where one still drifts or is somewhere else. The middle draw of an odd number is left out.
 *
 * @param chains draws of each, all equally many
 * @returns null for fewer than four draws, where a draw is not finite, or where nothing ever changes
 * Source: Gelman et al. 2013, Bayesian Data Analysis, 11.4.
 */
export function splitRHat(chains: readonly ArrayLike<number>[]): number | null {
  const draws = chains[0]?.length ?? 0;
  const count = Math.floor(draws / 2);
  if (count < 2) return null;
  const halves = chains.flatMap((chain) => [moments(chain, 0, count), moments(chain, draws - count, count)]);
  const within = mean(halves.map(({variance}) => variance));
  const means = halves.map((half) => half.mean);
  const centre = mean(means);
  const between = means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (halves.length - 1);
  const ratio = Math.sqrt((count - 1) / count + between / within);
  return Number.isFinite(ratio) ? ratio : null;
}

function moments(series: ArrayLike<number>, from: number, count: number): {mean: number; variance: number} {
  const values = Array.from({length: count}, (_, i) => at(series, from + i));
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {mean: centre, variance: squares / (count - 1)};
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
