import {createGenerator} from '@minefield/core';
import {mlp} from '@minefield/models';
import {type TrainingRecipe, type TrainingResult, poisonFromExamples, train} from '@minefield/training';
import type {Call} from '../protocol.ts';
import type {Splits} from '../splits.ts';
import type {PathPoint} from './retrace.ts';

export interface SeekArgs {
  readonly hidden: readonly number[];
  readonly splits: Splits;
  readonly seed: number;
  /** Where the search sets out: the step of the path, and the network there, `[P]`. */
  readonly start: number;
  readonly initial: Float32Array;
  readonly poisonFactor: number;
  readonly recipe: TrainingRecipe;
}

export interface SeekValue {
  readonly outcome: TrainingResult['outcome'];
  /** `[P]` */
  readonly theta: Float32Array;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
}

/** Seeks a bad minimum by poisoned training from a point of a path, as the records of `search` do. */
export const seek: Call<SeekArgs, SeekValue, PathPoint> = async (
  {hidden, splits, seed, start, initial, poisonFactor, recipe},
  {signal, onProgress},
) => {
  const model = mlp({inputs: 2, hidden, outputs: 1});
  const {train: training, test, poison: set} = splits;
  const drawn = poisonFromExamples(set, 2);
  const task = {
    initial,
    poisonFactor,
    train: training,
    test,
    // All of the set in each step that asks for as many; with replacement otherwise.
    poison: (...[inputs, labels, generator]: Parameters<typeof drawn>): void => {
      if (labels.length !== set.labels.length) return drawn(inputs, labels, generator);
      inputs.set(set.inputs as Float32Array);
      labels.set(set.labels);
    },
    generator: createGenerator(seed, 'search', start),
  };
  const [result] = await train(model, [task], recipe, {
    signal,
    onEvaluation: ({step, thetas: [theta]}) => {
      if (theta !== undefined) onProgress({step, theta});
    },
  });
  if (result === undefined) throw new Error('seek: expected one network, got none');
  const {outcome, theta, curves} = result;
  const end = (name: 'trainLoss' | 'trainAccuracy' | 'testAccuracy'): number =>
    curves[name].at(-1) ?? Number.NaN;
  return {
    outcome,
    theta,
    trainLoss: end('trainLoss'),
    trainAccuracy: end('trainAccuracy'),
    testAccuracy: end('testAccuracy'),
  };
};
