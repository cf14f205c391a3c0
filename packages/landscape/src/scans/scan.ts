import {checkOptions, type CancelSignal, type EvaluationOptions, type Objective} from '@minefield/core';
import {checkLength, checkLosses} from '../check-input.ts';
import {batchOf} from './losses-along.ts';

export interface ScanOptions {
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
  /** Minibatch to average over; all examples when absent. */
  readonly examples?: Uint32Array;
  /** Goes on where an earlier scan of the same points stopped. */
  readonly resume?: ScanState;
}

/** A scan under way: the losses of the first `done` points. */
export interface ScanState {
  readonly done: number;
  /** `[points]`; NaN from `done` on. */
  readonly losses: Float64Array;
}

/** @throws {InputError} naming the caller, at an option that is none */
export function checkScanOptions(caller: string, options: ScanOptions): void {
  checkOptions(`landscape.${caller}`, options, {
    signal: true,
    onProgress: true,
    examples: true,
    resume: true,
  });
}

/**
 * Loss at `points` points that `fill` writes one by one into rows of `[K, P]`, a batch at a time.
 *
 * Yields the state after every batch. A loss that overflows is whatever the objective makes of it (Infinity or NaN).
 */
export async function* scanPoints(
  objective: Objective,
  points: number,
  fill: (out: Float32Array, index: number) => void,
  options: ScanOptions = {},
): AsyncGenerator<ScanState, void, void> {
  const {resume, signal, onProgress, examples} = options;
  const losses = resume ? resume.losses.slice() : new Float64Array(points).fill(Number.NaN);
  checkLength('scanPoints', 'a state to resume', losses, points);
  const {dimension} = objective;
  const batch = batchOf('scanPoints', objective);
  const evaluation: EvaluationOptions = {signal, ...(examples && {examples})};
  for (let done = resume?.done ?? 0; done < points;) {
    signal?.throwIfAborted();
    const count = Math.min(batch, points - done);
    const thetas = new Float32Array(count * dimension);
    for (let k = 0; k < count; k++) fill(thetas.subarray(k * dimension, (k + 1) * dimension), done + k);
    const found = await objective.loss(thetas, evaluation);
    checkLosses('scanPoints', found, count);
    losses.set(found, done);
    done += count;
    onProgress?.(done, points);
    yield stateOf(losses, done);
  }
}

/**
 * A state whose losses are copied when somebody asks for them: a copy of all after every batch takes time that grows with
 * the square of the points. The first `done` never change, so a later copy holds the same.
 */
function stateOf(losses: Float64Array, done: number): ScanState {
  let own: Float64Array | undefined;
  return {
    done,
    get losses() {
      if (own === undefined) {
        own = new Float64Array(losses.length).fill(Number.NaN);
        own.set(losses.subarray(0, done));
      }
      return own;
    },
  };
}

/** Runs a scan to its end. */
export async function collect(scan: AsyncIterable<ScanState>, resumed?: ScanState): Promise<Float64Array> {
  let last = resumed;
  for await (const state of scan) last = state;
  return last?.losses ?? new Float64Array(0);
}
