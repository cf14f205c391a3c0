import {margins2d} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface MarginsArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** `[m, 2]` */
  readonly points: Float32Array;
  /** The boundary is looked for up to this distance. */
  readonly maximum: number;
}

/** Distance of each point to the boundary, `[m]`, as records of `margin` have it; Infinity where none was found. */
export const margins: Call<MarginsArgs, Float64Array> = async (
  {problem, theta, points, maximum},
  {signal},
) => {
  const {model} = openProblem(problem);
  const {distances} = await margins2d(classifierFromModel(model, theta), points, {
    maximum,
    angles: 64,
    signal,
  });
  return distances;
};
