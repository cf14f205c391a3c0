import {createGenerator} from '@minefield/core';
import {curvatureAlong, hessianOperator} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import {outcomeOf} from '../../data/outcome.ts';
import {nextTask} from '../next-task.ts';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';
import {examplesToCheck} from '../sharpness.ts';
import {moveAlong} from './shaken.ts';

export interface WalkArgs {
  readonly problem: Problem;
  /** `[P]` each */
  readonly theta: Float32Array;
  readonly direction: Float32Array;
  /** `[T]` */
  readonly distances: readonly number[];
}

/** NaN where a measurement is still to come. */
export interface WalkValue {
  /** Clean training loss at each distance, `[T]`. */
  readonly losses: Float64Array;
  /** Shares of 1, `[T]`. */
  readonly accuracies: Float64Array;
  /** dᵀHd there, of the direction as long as it is, `[T]`. */
  readonly curvatures: Float64Array;
}

/** Points measured between two reports. */
const REPORT = 6;

/** Loss, accuracy and curvature on the way out of a minimum; coarse to fine. */
export const walk: Call<WalkArgs, WalkValue, WalkValue> = async (
  {problem, theta, direction, distances},
  {signal, onProgress},
) => {
  const {model, objective} = openProblem(problem);
  const empty = (): Float64Array => new Float64Array(distances.length).fill(Number.NaN);
  const value = {losses: empty(), accuracies: empty(), curvatures: empty()};
  const order = coarseToFine(distances.length);
  for (const [done, i] of order.entries()) {
    const moved = moveAlong(theta, direction, distances[i] ?? 0);
    value.losses[i] = (await objective.loss(moved, {signal}))[0] ?? Number.NaN;
    const logits = await classifierFromModel(model, moved).logits(problem.inputs);
    value.accuracies[i] = outcomeOf(logits, problem.labels).accuracy;
    if (done % REPORT === REPORT - 1) onProgress(value);
  }
  onProgress(value);
  const operator = await hessianOperator(objective, theta, {
    generator: createGenerator(0, 'walk', 'probe'),
    checkOn: examplesToCheck(problem.labels.length, 0),
    onMismatch: 'central differences',
    signal,
  });
  for (const [done, i] of order.entries()) {
    await nextTask();
    signal.throwIfAborted();
    const [curvature] = await curvatureAlong(operator, theta, direction, [distances[i] ?? 0]);
    value.curvatures[i] = curvature ?? Number.NaN;
    if (done % REPORT === REPORT - 1) onProgress(value);
  }
  return value;
};

/** Every 16th place, then every 8th between, and so on. */
function coarseToFine(count: number): readonly number[] {
  const order: number[] = [];
  for (let step = 16; step >= 1; step /= 2) {
    for (let i = 0; i < count; i += step) if (step === 16 || i % (2 * step) !== 0) order.push(i);
  }
  return order;
}
