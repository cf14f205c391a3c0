import {createGenerator} from '@minefield/core';
import {initialize, mlp} from '@minefield/models';
import {type TrainingRecipe, poisonFromExamples, train} from '@minefield/training';
import type {Initialization} from '@minefield/spec';
import type {Call} from '../protocol.ts';
import type {Splits} from '../splits.ts';

export interface RetraceArgs {
  readonly hidden: readonly number[];
  readonly splits: Splits;
  readonly initialization: Initialization;
  readonly seed: number;
  readonly recipe: TrainingRecipe;
}

/** Where a training was after so many steps. */
export interface PathPoint {
  readonly step: number;
  /** `[P]` */
  readonly theta: Float32Array;
}

export interface RetraceValue {
  /** Clean training loss at each point of the path. */
  readonly trainLoss: readonly number[];
  readonly testAccuracy: readonly number[];
}

/**
 * Trains a run of the records again, for the parameters on its way, which the results do not hold: the same numerics take
 * the same way.
 */
export const retrace: Call<RetraceArgs, RetraceValue, PathPoint> = async (
  {hidden, splits, initialization, seed, recipe},
  {signal, onProgress},
) => {
  const model = mlp({inputs: 2, hidden, outputs: 1});
  const task = {
    initial: initialize(model.layout, initialization, {generator: createGenerator(seed, 'initialization')}),
    poisonFactor: 0,
    train: splits.train,
    test: splits.test,
    poison: poisonFromExamples(splits.poison, 2),
    generator: createGenerator(seed, 'training'),
  };
  const [result] = await train(model, [task], recipe, {
    signal,
    onEvaluation: ({step, thetas: [theta]}) => {
      if (theta !== undefined) onProgress({step, theta});
    },
  });
  if (result === undefined) throw new Error('retrace: expected one network, got none');
  return {trainLoss: [...result.curves.trainLoss], testAccuracy: [...result.curves.testAccuracy]};
};
