/** What is told of a minefield: which searches found a bad minimum, and where to step next. */
import type {ExplorerMines} from '../data/mines.ts';

/** What the claim about the minefield calls a bad minimum. */
const FITS = 0.99;
const FAILS_ELSEWHERE = 0.53;

export function isBad(trainAccuracy: number, testAccuracy: number): boolean {
  return trainAccuracy >= FITS && testAccuracy < FAILS_ELSEWHERE;
}

/** Index of the search that set out from a step of the path; undefined for none. */
export function searchFrom(
  {minima}: Pick<ExplorerMines, 'minima'>,
  step: number | undefined,
): number | undefined {
  const index = minima.start.indexOf(step ?? Number.NaN);
  return index < 0 ? undefined : index;
}

/**
 * The point of the path that a place on the map means: the nearest one, or where the nearest minimum was sought from.
 *
 * @returns its index
 */
export function pickFrom(mines: Pick<ExplorerMines, 'path' | 'minima'>, x: number, y: number): number {
  const {path, minima} = mines;
  const nearest = (xs: readonly number[], ys: readonly number[]): {index: number; distance: number} => {
    let best = {index: 0, distance: Infinity};
    xs.forEach((at, index) => {
      const distance = Math.hypot(at - x, (ys[index] ?? 0) - y);
      if (distance < best.distance) best = {index, distance};
    });
    return best;
  };
  const [onPath, mine] = [nearest(path.x, path.y), nearest(minima.x, minima.y)];
  if (onPath.distance <= mine.distance) return onPath.index;
  const from = path.step.indexOf(minima.start[mine.index] ?? Number.NaN);
  return from < 0 ? onPath.index : from;
}

/**
 * How far each recorded search ended from its start, as a share of the length of the weights there.
 *
 * @param lengths of the weights at each point of the path; those that are not known yet are left out
 * @returns step of the start, share, and whether the minimum is bad
 */
export function shares(
  mines: Pick<ExplorerMines, 'path' | 'minima'>,
  lengths: readonly (number | undefined)[],
): readonly {readonly step: number; readonly share: number; readonly bad: boolean}[] {
  const {path, minima} = mines;
  return minima.start.flatMap((step, k) => {
    const length = lengths[path.step.indexOf(step)];
    if (length === undefined) return [];
    const share = (minima.distance[k] ?? Number.NaN) / length;
    return [{step, share, bad: isBad(minima.trainAccuracy[k] ?? 0, minima.testAccuracy[k] ?? 1)}];
  });
}

/** Whether two numbers are the same to the seven digits that records keep. */
export function sameDigits(a: number, b: number): boolean {
  return Number(a.toPrecision(7)) === Number(b.toPrecision(7));
}
