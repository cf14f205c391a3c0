/** Volumes as rays come in. */
import {at, logUnitBallVolume} from '@minefield/core';

/** Radii of one minimum at one cutoff. */
export interface RayRadii {
  /** In relative radius, Infinity where a ray was given up; ray i is the i-th. */
  readonly radii: ArrayLike<number>;
  /** Weights that move. */
  readonly dimension: number;
  /** Where rays were given up. */
  readonly maximum: number;
  /** Relative tolerance of the radii. */
  readonly tolerance: number;
  /** Rays whose loss stops being a number before it reaches the cutoff. */
  readonly undefinedRays: number;
}

export function decades(natural: number): number {
  return natural / Math.LN10;
}

/** log₁₀ of the volume's estimate from the first N rays, for N = 1, 2, …; in relative coordinates. */
export function growthOf({radii, dimension, maximum}: RayRadii): number[] {
  const logBall = logUnitBallVolume(dimension);
  let [largest, sum] = [-Infinity, 0];
  return Array.from(radii, (radius, i) => {
    const term = dimension * Math.log(Math.min(radius, maximum));
    if (term > largest) {
      sum = sum * Math.exp(largest - term) + 1;
      largest = term;
    } else sum += Math.exp(term - largest);
    return decades(logBall + largest + Math.log(sum / (i + 1)));
  });
}

/** Turn between neighbouring rays, in radians: however many come, they stand about evenly, and none moves. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

export function angleOf(ray: number): number {
  return ray * GOLDEN;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  /** Share of all rays. */
  readonly share: number;
}

/** A histogram of radii on a logarithmic scale; those outside go into the last bins. */
export function histogramOf(
  radii: ArrayLike<number>,
  [low, high]: readonly [number, number],
  count: number,
): readonly Bin[] {
  const width = Math.log(high / low) / count;
  const found = new Array<number>(count).fill(0);
  for (let i = 0; i < radii.length; i++) {
    const bin = Math.floor(Math.log(at(radii, i) / low) / width);
    const kept = Math.min(count - 1, Math.max(0, bin));
    found[kept] = at(found, kept) + 1;
  }
  return found.map((number, i) => ({
    from: low * Math.exp(i * width),
    to: low * Math.exp((i + 1) * width),
    share: radii.length === 0 ? 0 : number / radii.length,
  }));
}
