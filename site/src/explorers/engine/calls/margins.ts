import {margins2d} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import {nextTask} from '../next-task.ts';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface MarginsArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** Boundaries are looked for up to this distance. */
  readonly maximum: number;
  /** From where, `[n, 2]`; the problem's own points where absent. */
  readonly points?: Float32Array;
}

export interface MarginsValue {
  /** From each point to the boundary, `[n]`; Infinity for none. */
  readonly distances: Float64Array;
  /** Those places of the boundary, `[n, 2]`; NaN for none. */
  readonly nearest: Float32Array;
}

/** How far each point is from the boundary, and where that is. */
export const margins: Call<MarginsArgs, MarginsValue> = async (
  {problem, theta, maximum, points = problem.inputs},
  {signal},
) => {
  const {model} = openProblem(problem);
  const classifier = classifierFromModel(model, theta);
  const {distances, nearest} = await margins2d(
    {
      ...classifier,
      // So that a reader who drags on is not waited for.
      logits: async (inputs) => {
        await nextTask();
        return classifier.logits(inputs);
      },
    },
    points,
    {maximum, signal},
  );
  return {distances, nearest};
};
