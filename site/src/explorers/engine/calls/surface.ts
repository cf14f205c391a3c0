import {scanSurface, symmetricGrid} from '@minefield/landscape';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface SurfaceArgs {
  readonly problem: Problem;
  /** Where the plane passes, `[P]`. */
  readonly theta: Float32Array;
  /** The plane's axes, `[P]` each. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Steps along each axis go from −maximum to maximum. */
  readonly maximum: number;
  /** Points a side of each grid, coarse to fine; all but the last are sent ahead. */
  readonly sizes: readonly number[];
}

export interface SurfaceValue {
  readonly size: number;
  /** Positions along both axes, `[size]`. */
  readonly steps: readonly number[];
  /** Clean training loss, `[size, size]`; rows follow `second`. */
  readonly losses: Float64Array;
}

/** The loss over a plane, coarse to fine. */
export const surface: Call<SurfaceArgs, SurfaceValue, SurfaceValue> = async (
  {problem, theta, first, second, maximum, sizes},
  {signal, onProgress},
) => {
  const {objective} = openProblem(problem);
  let value: SurfaceValue | undefined;
  for (const size of sizes) {
    if (value !== undefined) onProgress(value);
    const steps = symmetricGrid(maximum, size);
    const losses = await scanSurface(objective, theta, {first, second, xs: steps, ys: steps}, {signal});
    value = {size, steps, losses: Float64Array.from(losses)};
  }
  if (value === undefined) throw new RangeError('surface: expected a size, got none');
  return value;
};
