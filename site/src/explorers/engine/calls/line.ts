import {linearPath} from '@minefield/landscape';
import type {LabeledExamples} from '@minefield/models';
import {type AlongPath, alongPath} from '../along-path.ts';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface LineArgs {
  readonly problem: Problem;
  readonly test: LabeledExamples;
  /** The networks at both ends, `[P]`. */
  readonly start: Float32Array;
  readonly end: Float32Array;
  /** In 0..1. */
  readonly positions: readonly number[];
}

/** Loss and accuracies on the straight line between two networks. */
export const line: Call<LineArgs, AlongPath> = ({problem, test, start, end, positions}, {signal}) =>
  alongPath(openProblem(problem), linearPath(start, end), positions, problem, test, signal);
