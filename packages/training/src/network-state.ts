import type {GeneratorState} from '@minefield/core';
import {type CurveEntry, type LearningCurves, appendToCurves, emptyCurves} from './learning-curves.ts';
import type {NetworkTask} from './network-task.ts';
import type {TrainingTarget} from '@minefield/spec';
import type {NetworkSnapshot, TrainingOutcome, TrainingResult} from './training-result.ts';

/** How far one network has come: all of its training but what lies in tensors beside the other networks'. */
export class NetworkState {
  readonly task: NetworkTask;
  #curves: LearningCurves;
  /** Parameters of the last evaluation that was finite, or the first. */
  #lastFinite: Float32Array;
  #ended: TrainingResult | undefined;

  constructor(task: NetworkTask, from?: NetworkSnapshot) {
    this.task = task;
    this.#curves = from?.curves ?? emptyCurves();
    this.#lastFinite = from?.lastFinite ?? task.initial;
    this.#ended = from?.ended;
  }

  /** Set once the network has ended before the others. */
  get ended(): TrainingResult | undefined {
    return this.#ended;
  }

  /** Takes note of an evaluation at `theta`, which may be the network's last; does nothing once it has ended. */
  record(entry: CurveEntry, theta: Float32Array, target: TrainingTarget | undefined): void {
    if (this.#ended !== undefined) return;
    if (!Object.values(entry).every(Number.isFinite) || !theta.every(Number.isFinite)) {
      this.#ended = this.#resultOf('diverged', entry.step);
      return;
    }
    this.#lastFinite = theta;
    this.#curves = appendToCurves(this.#curves, entry);
    if (target !== undefined && reaches(target, entry)) {
      this.#ended = this.#resultOf('target-reached', entry.step);
    }
  }

  /** How the training ended, after `steps` where it has not ended before. */
  result(steps: number): TrainingResult {
    return this.#ended ?? this.#resultOf('completed', steps);
  }

  snapshot(theta: Float32Array, slots: readonly Float32Array[], poison: GeneratorState): NetworkSnapshot {
    const [curves, lastFinite, ended] = [this.#curves, this.#lastFinite, this.#ended];
    return {theta, slots, poison, curves, lastFinite, ...(ended && {ended})};
  }

  #resultOf(outcome: TrainingOutcome, steps: number): TrainingResult {
    return {outcome, theta: this.#lastFinite, steps, curves: this.#curves};
  }
}

function reaches({trainAccuracy, trainLoss = Infinity}: TrainingTarget, entry: CurveEntry): boolean {
  return entry.trainAccuracy >= trainAccuracy && entry.trainLoss <= trainLoss;
}
