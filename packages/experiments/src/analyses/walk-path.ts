import {type TrainingResult, train} from '@minefield/training';
import type {Minimum} from './measurement.ts';
import type {StepContext} from './step-context.ts';
import {networkTask} from './train-runs.ts';

/** The way that a run took. */
export interface Path {
  /** Parameters at each evaluation of the run, `[P]`, by steps done. */
  readonly iterates: ReadonlyMap<number, Float32Array>;
  readonly curves: TrainingResult['curves'];
}

/**
 * Trains a run again, for the parameters on its way: that takes seconds, and a file of them all would be the largest of
 * the results. It must end at the checkpoint, bit for bit.
 *
 * @throws {Error} when it ends elsewhere: the numerics do not repeat
 */
export async function walkPath(minimum: Minimum, {signal}: StepContext): Promise<Path> {
  const {model, theta, data, seed, poisonFactor, run} = minimum;
  const iterates = new Map<number, Float32Array>();
  const task = networkTask({seed, poisonFactor, spec: run}, model, data);
  const [result] = await train(model, [task], run.recipe, {
    signal,
    onEvaluation: ({step, thetas: [point]}) => {
      if (point !== undefined) iterates.set(step, point);
    },
  });
  if (result === undefined || !theta.every((value, i) => Object.is(value, result.theta[i]))) {
    throw new Error(
      `experiments.walkPath: expected training from seed ${seed} to end at its checkpoint once more, got another end; ` +
        'use numerics that repeat, such as portable',
    );
  }
  return {iterates, curves: result.curves};
}
