import {type CancelSignal, checkOptions} from '@minefield/core';
import {type Model, type NormalizedModel, isNormalized, requireBackend} from '@minefield/models';
import {checkTraining} from './check-training.ts';
import type {NetworkTask} from './network-task.ts';
import type {TrainingRecipe} from '@minefield/spec';
import type {TrainingResult, TrainingSnapshot} from './training-result.ts';
import {TrainingRun} from './training-run.ts';

export interface TrainOptions {
  readonly signal?: CancelSignal | undefined;
  /** Called after every evaluation, and about ten times a second between. */
  readonly onProgress?: ((progress: {readonly step: number; readonly steps: number}) => void) | undefined;
  /**
   * Receives the parameters of every network, `[K]` of `[P]`, with each point of the learning curves: those of its result from
   * where it has ended, while others go on.
   */
  readonly onEvaluation?:
    ((evaluation: {readonly step: number; readonly thetas: readonly Float32Array[]}) => void) | undefined;
  /** Receives a snapshot every `snapshotSeconds`, and once more on cancellation. Awaited. */
  readonly onSnapshot?: ((snapshot: TrainingSnapshot) => Promise<void> | void) | undefined;
  /** Default 10. */
  readonly snapshotSeconds?: number | undefined;
  /** Where an earlier call with the same tasks and recipe was. */
  readonly resume?: TrainingSnapshot | undefined;
}

/**
 * Trains K networks at once by a recipe. Network k's result does not depend on the others: not on their number, their
 * order or their divergence; on native TensorFlow and on GPUs up to rounding.
 *
 * A network with batch normalization trains on batches that hold their training and their poison examples together, normalized by
 * their own moments. Before each evaluation its statistics are estimated anew, over the training set or the part of it that the
 * recipe says, and then it is evaluated with these statistics fixed.
 *
 * A network whose loss is no longer finite at an evaluation ends as `diverged`; the others go on.
 *
 * @throws {InputError} when there are no tasks, parameters, data sets or a snapshot do not fit the model or each other, a test
 *   set is empty, a label is no class, something of the recipe makes no sense, an option or a part of the recipe is one that
 *   nobody reads, or no backend runs
 * @throws the signal's reason when cancelled, after a last snapshot
 */
export async function train(
  model: Model | NormalizedModel,
  tasks: readonly NetworkTask[],
  recipe: TrainingRecipe,
  options: TrainOptions = {},
): Promise<TrainingResult[]> {
  checkOptions('training.train', options, {
    signal: true,
    onProgress: true,
    onEvaluation: true,
    onSnapshot: true,
    snapshotSeconds: true,
    resume: true,
  });
  checkTraining(isNormalized(model) ? model.training : model, tasks, recipe, options.resume);
  requireBackend('training.train');
  const run = new TrainingRun(model, tasks, recipe, options.resume);
  try {
    await loop(run, recipe, options);
    return await run.results(options.signal);
  } finally {
    run.dispose();
  }
}

async function loop(run: TrainingRun, recipe: TrainingRecipe, options: TrainOptions): Promise<void> {
  const {signal, onProgress, onEvaluation, onSnapshot, snapshotSeconds = 10} = options;
  // A monotonic clock: the one on the wall is set back and ahead.
  let lastSnapshot = performance.now();
  let lastPause = performance.now();
  while (run.step < recipe.steps && !run.allEnded()) {
    const due = (run.step + 1) % recipe.evaluateEvery === 0 || run.step + 1 === recipe.steps;
    await run.advance(due);
    if (due && onEvaluation !== undefined) onEvaluation({step: run.step, thetas: await run.latest()});
    const now = performance.now();
    if (now - lastPause < 100 && !due) continue;
    onProgress?.({step: run.step, steps: recipe.steps});
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    lastPause = performance.now();
    const aborted = signal?.aborted === true;
    if (onSnapshot !== undefined && (aborted || now - lastSnapshot >= snapshotSeconds * 1000)) {
      await onSnapshot(await run.snapshot());
      lastSnapshot = performance.now();
    }
    signal?.throwIfAborted();
  }
}
