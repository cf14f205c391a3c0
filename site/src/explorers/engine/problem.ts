/** A network and its training points, as pages name them, and as the packages measure them. */
import {type Objective, at, pausingObjective} from '@minefield/core';
import {type Model, mlp, objectiveFromModel} from '@minefield/models';
import {nextTask} from './next-task.ts';

/** A perceptron for points of the plane in two classes, and the points that its loss is taken on. */
export interface Problem {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** `[n, 2]`, row by row */
  readonly inputs: Float32Array;
  /** 0 or 1, `[n]` */
  readonly labels: Uint8Array;
}

export interface OpenProblem {
  readonly model: Model;
  /** Clean cross-entropy on the points. */
  readonly objective: Objective;
}

/** Those that were used last, the newest first. */
const open: {readonly problem: Problem; readonly opened: OpenProblem}[] = [];

const KEPT = 6;

export function openProblem(problem: Problem): OpenProblem {
  const known = open.findIndex((entry) => same(entry.problem, problem));
  const entry = known >= 0 ? at(open.splice(known, 1), 0) : {problem, opened: opened(problem)};
  open.unshift(entry);
  open.splice(KEPT);
  return entry.opened;
}

function opened({hidden, inputs, labels}: Problem): OpenProblem {
  const model = mlp({inputs: 2, hidden, outputs: 1});
  // Pausing, so that work can be cancelled, or overtaken by a boundary that a reader is waiting for.
  return {model, objective: pausingObjective(objectiveFromModel(model, {inputs, labels}), nextTask)};
}

function same(a: Problem, b: Problem): boolean {
  return equal(a.hidden, b.hidden) && equal(a.labels, b.labels) && equal(a.inputs, b.inputs);
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
