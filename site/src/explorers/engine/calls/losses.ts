import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface LossesArgs {
  readonly problem: Problem;
  /** `[K, P]`, row by row */
  readonly thetas: Float32Array;
}

/** Clean training loss of each of K networks, `[K]`. */
export const losses: Call<LossesArgs, Float64Array> = ({problem, thetas}, {signal}) =>
  openProblem(problem).objective.loss(thetas, {signal});
