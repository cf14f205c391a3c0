import type {Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';
import {type BoundaryValue, boundary} from './boundary.ts';

export interface ShakenArgs {
  readonly problem: Problem;
  /** Where each network starts, and its direction, `[P]` each. */
  readonly walks: readonly {readonly theta: Float32Array; readonly direction: Float32Array}[];
  readonly distance: number;
  readonly halfWidth: number;
  /** Points a side. */
  readonly size: number;
}

/** What each network says once all have gone as far along their directions. */
export const shaken: Call<ShakenArgs, readonly BoundaryValue[]> = async (
  {problem, walks, distance, halfWidth, size},
  context,
) => {
  const values: BoundaryValue[] = [];
  for (const {theta, direction} of walks) {
    const moved = moveAlong(theta, direction, distance);
    values.push(await boundary({problem, theta: moved, halfWidth, size}, context));
  }
  return values;
};

/** θ + t d, in float32. */
export function moveAlong(theta: Float32Array, direction: Float32Array, distance: number): Float32Array {
  return theta.map((value, i) => value + distance * (direction[i] ?? 0));
}
