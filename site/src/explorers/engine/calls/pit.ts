import {geometricMean} from '@minefield/core';
import {radiiInPlane} from '@minefield/landscape';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface PitArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** The plane's axes, `[P]` each. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Relative radius of a step of 1 along either. */
  readonly unit: number;
  /** Loss at which the pit ends. */
  readonly cutoff: number;
}

export interface PitValue {
  /** Geometric mean of the distances at which the loss first reaches the cutoff, in relative radius. */
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** Relative radius at which a direction is given up. */
const MAXIMUM = 500;

/** How wide a pit looks in a plane; null where the minimum itself lies above the cutoff. */
export const pit: Call<PitArgs, PitValue | null> = async (
  {problem, theta, first, second, unit, cutoff},
  {signal},
) => {
  const {objective} = openProblem(problem);
  const found = await radiiInPlane(
    objective,
    theta,
    {first, second},
    {cutoff, maximum: MAXIMUM / unit, signal},
  );
  if (found === null) return null;
  const radii = Array.from(found, (radius) => Math.min(radius * unit, MAXIMUM));
  return {
    mean: geometricMean(radii),
    least: Math.min(...radii),
    most: Math.max(...radii),
  };
};
