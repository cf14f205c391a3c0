import {InputError} from '@minefield/core';
import {type TrainingResult, train} from '@minefield/training';
import type {Minimum} from './measurement.ts';
import type {StepContext} from './step-context.ts';
import {networkTask} from './train-runs.ts';

/** The way that a run took. */
export interface Path {
  /** Parameters at each evaluation of the run, `[P]`, by steps done. */
  readonly iterates: ReadonlyMap<number, Float32Array>;
  readonly curves: TrainingResult['curves'];
  readonly end: Float32Array;
}

/** A run, and where it must end: null where nobody knows. */
interface Walk extends Pick<Minimum, 'model' | 'data' | 'seed' | 'poisonFactor' | 'run'> {
  readonly theta: Float32Array | null;
}

/**
 * Trains a run again, for the parameters on its way: that takes seconds, and a file of them all would be the largest of
 * the results. It must end at its checkpoint, bit for bit, where there is one.
 *
 * @throws {InputError} when it diverges and nobody knows where it must end
 * @throws {Error} when it ends elsewhere: the numerics do not repeat
 */
export async function walkPath(
  {model, theta, data, seed, poisonFactor, run}: Walk,
  {signal}: StepContext,
): Promise<Path> {
  const iterates = new Map<number, Float32Array>();
  const task = networkTask({seed, poisonFactor, spec: run}, model, data);
  const [result] = await train(model, [task], run.recipe, {
    signal,
    onEvaluation: ({step, thetas: [point]}) => {
      if (point !== undefined) iterates.set(step, point);
    },
  });
  if (theta === null && result?.outcome === 'diverged') {
    throw new InputError(
      `experiments.walkPath: expected training from seed ${seed} to end at a network, it diverged`,
    );
  }
  if (result === undefined || theta?.some((value, i) => !Object.is(value, result.theta[i])) === true) {
    throw new Error(
      `experiments.walkPath: expected training from seed ${seed} to end at its checkpoint once more, got another end; ` +
        'use numerics that repeat, such as portable',
    );
  }
  return {iterates, curves: result.curves, end: result.theta};
}
