import {createGenerator} from '@minefield/core';
import {type BezierTrainingState, trainBezierPath} from '@minefield/landscape';
import {type AlongPath, alongPath} from '../along-path.ts';
import {openProblem} from '../problem.ts';
import type {Call} from '../protocol.ts';
import type {LineArgs} from './line.ts';

export interface BendArgs extends LineArgs {
  /** Draws the positions that gradients are taken at, as in the records of `connectivity`. */
  readonly seed: number;
  /** Of Adam, on the control point. */
  readonly steps: number;
  readonly learningRate: number;
}

export interface BendValue {
  /** Steps done. */
  readonly steps: number;
  /** Control point of the Bézier curve, `[P]`. */
  readonly control: Float32Array;
  readonly along: AlongPath;
}

/** Bends the path between two networks until the loss along it is low; shown often at first, when much happens. */
export const bend: Call<BendArgs, BendValue, BendValue> = async (
  {problem, test, start, end, positions, seed, steps, learningRate},
  {signal, onProgress},
) => {
  const opened = openProblem(problem);
  const {objective} = opened;
  const generator = createGenerator(seed, 'connectivity');
  let state: BezierTrainingState | undefined;
  for (;;) {
    const done: number = state?.steps ?? 0;
    const until = Math.min(steps, done + (done < 100 ? 10 : done < 500 ? 50 : 100));
    const options = {generator, steps: until, learningRate, signal, ...(state && {resume: state})};
    state = await trainBezierPath(objective, start, end, options);
    const along = await alongPath(opened, state.path, positions, problem, test, signal);
    const value = {steps: state.steps, control: state.path.control, along};
    if (state.steps >= steps) return value;
    onProgress(value);
  }
};
