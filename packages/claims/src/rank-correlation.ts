import {at} from '@minefield/core';
import {type Bracket, isExact} from './bracket.ts';
import {spearman} from './statistics.ts';

/** Numbers that are not known exactly, at most: their places among the others are tried in all combinations. */
const INEXACT = 2;

/** Any two numbers have a correlation of 1 or −1 with any other two. */
export const FEWEST_RANKED = 3;

/**
 * Where Spearman's ρ lies, whatever the numbers are of which only brackets are known. Ranks are all that counts, so it is
 * enough to try each such number at its ends, at every other number of its side, and between them.
 *
 * @returns null where there are fewer than three pairs, more than two numbers are not known exactly, or a side may be constant
 */
export function rankCorrelation(xs: readonly Bracket[], ys: readonly Bracket[]): Bracket | null {
  if (xs.length < FEWEST_RANKED) return null;
  if ([...xs, ...ys].filter((bracket) => !isExact(bracket)).length > INEXACT) return null;
  let [low, high] = [Infinity, -Infinity];
  for (const x of completions(xs)) {
    for (const y of completions(ys)) {
      const rho = spearman(x, y);
      if (rho === null) return null;
      low = Math.min(low, rho);
      high = Math.max(high, rho);
    }
  }
  return {low, high};
}

/** Numbers within the brackets, one list for every order that they can be in. */
function completions(brackets: readonly Bracket[]): number[][] {
  const index = brackets.findIndex((bracket) => !isExact(bracket));
  if (index === -1) return [brackets.map(({low}) => low)];
  const bracket = at(brackets, index);
  // Two open numbers may also be in either order between the same two others.
  const others = [...new Set(brackets.flatMap(({low, high}, i) => (i === index ? [] : [low, high])))];
  return placesWithin(bracket, others.filter(Number.isFinite)).flatMap((value) =>
    completions(brackets.map((other, i) => (i === index ? {low: value, high: value} : other))),
  );
}

function placesWithin({low, high}: Bracket, others: readonly number[]): number[] {
  const inside = others.filter((value) => value >= low && value <= high).toSorted((a, b) => a - b);
  const start = Number.isFinite(low) ? low : (inside[0] ?? (Number.isFinite(high) ? high : 0)) - 1;
  const end = Number.isFinite(high) ? high : (inside.at(-1) ?? start) + 1;
  const bounds = [start, ...inside, end];
  return bounds.flatMap((value, i) => {
    const next = bounds[i + 1];
    return next === undefined ? [value] : [value, (value + next) / 2];
  });
}
