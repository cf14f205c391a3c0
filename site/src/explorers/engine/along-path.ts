import type {CancelSignal} from '@minefield/core';
import {type BezierPath, pathPointInto, scanPath} from '@minefield/landscape';
import type {LabeledExamples} from '@minefield/models';
import {accuracies} from './accuracies.ts';
import {nextTask} from './next-task.ts';
import type {OpenProblem} from './problem.ts';

/** What networks along a path between two minima are like, at the positions that were asked for. */
export interface AlongPath {
  /** Clean training loss. */
  readonly trainLoss: readonly number[];
  readonly trainAccuracy: readonly number[];
  readonly testAccuracy: readonly number[];
}

/** Measures a path as the records of `connectivity` do. @param positions in 0..1 */
export async function alongPath(
  {model, objective}: OpenProblem,
  path: BezierPath,
  positions: readonly number[],
  train: LabeledExamples,
  test: LabeledExamples,
  signal: CancelSignal,
): Promise<AlongPath> {
  const losses = await scanPath(objective, path, positions, {signal});
  const {dimension} = model.layout;
  const thetas = new Float32Array(positions.length * dimension);
  positions.forEach((t, k) => pathPointInto(thetas.subarray(k * dimension, (k + 1) * dimension), path, t));
  const trainAccuracy = await accuracies(model, thetas, train);
  await nextTask();
  signal.throwIfAborted();
  const testAccuracy = await accuracies(model, thetas, test);
  return {trainLoss: [...losses], trainAccuracy, testAccuracy};
}
