/** How far a correlation over levels reaches: among the most poisoned alone, within a level, and beside what else rises. */
import {type Bracket, exactly, isExact} from './bracket.ts';
import {type Level, correlate} from './level.ts';
import {spearman} from './statistics.ts';

/** So many levels at the end of the sweep, where the gap still widens. */
export const LAST_LEVELS = 8;

export interface Reach {
  /** Over the last eight levels; null where there are no more than that, or a side is constant. */
  readonly last: Bracket | null;
  /** Mean over the levels of the correlation over seeds; null where no level has one. */
  readonly within: Bracket | null;
  /** With what both owe to a third quantity taken away: the partial rank correlation over levels; null where a side is constant. */
  readonly given: Bracket | null;
}

/** @param third of the same levels */
export function reachOf(xs: readonly Level[], ys: readonly Level[], third: readonly Level[]): Reach {
  const last = xs.length > LAST_LEVELS ? correlate(xs.slice(-LAST_LEVELS), ys.slice(-LAST_LEVELS)) : null;
  const within = xs.flatMap((x, i) => withinLevel(x, ys[i]) ?? []);
  return {
    last,
    within: within.length === 0 ? null : exactly(within.reduce((sum, rho) => sum + rho, 0) / within.length),
    given: partial(correlate(xs, ys), correlate(xs, third), correlate(ys, third)),
  };
}

/** Over the seeds of a level whose values are both known. */
function withinLevel(x: Level, y: Level | undefined): number | null {
  const pairs = x.bySeed.flatMap((value, i) => {
    const other = y?.bySeed[i];
    return value !== undefined && other !== undefined && isExact(value) && isExact(other)
      ? [[value.low, other.low] as const]
      : [];
  });
  return pairs.length < 3
    ? null
    : spearman(
        pairs.map(([value]) => value),
        pairs.map(([, other]) => other),
      );
}

function partial(xy: Bracket | null, xz: Bracket | null, yz: Bracket | null): Bracket | null {
  if (xy === null || xz === null || yz === null || ![xy, xz, yz].every(isExact)) return null;
  const rest = (1 - xz.low ** 2) * (1 - yz.low ** 2);
  return rest > 0 ? exactly((xy.low - xz.low * yz.low) / Math.sqrt(rest)) : null;
}
