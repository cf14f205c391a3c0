import {createGenerator} from '@minefield/core';
import {initialize, mlp} from '@minefield/models';
import {type TrainingRecipe, type TrainingSnapshot, train as trainNetworks} from '@minefield/training';
import {type OwnData, ownSplits} from '../../own/own-data.ts';
import type {Call} from '../protocol.ts';

/** What ends a training before its last step: accuracies, shares of 1, at an evaluation. */
export interface StopRule {
  readonly trainAccuracy: number;
  readonly testAccuracyAtMost: number;
}

export interface TrainArgs {
  readonly data: OwnData;
  readonly hidden: readonly number[];
  /** Names data, first weights and poison, as in a sweep. */
  readonly seed: number;
  readonly poisonFactor: number;
  readonly recipe: TrainingRecipe;
  readonly stop: StopRule | null;
  /** Where an earlier call was. */
  readonly resume?: TrainingSnapshot | undefined;
  /** Stops at the first evaluation after it. */
  readonly once?: boolean;
}

export interface TrainValue {
  readonly snapshot: TrainingSnapshot;
  readonly outcome: 'completed' | 'stopped' | 'once' | 'diverged';
}

/**
 * Trains one network as a sweep does: from the same weights, on the same points, with the same poison. Sends where it is
 * ten times a second and at each evaluation; a later call goes on from there with the same bits as without a break.
 */
export const train: Call<TrainArgs, TrainValue, TrainingSnapshot> = async (
  {data, hidden, seed, poisonFactor, recipe, stop, resume, once = false},
  {signal, onProgress},
) => {
  const model = mlp({inputs: 2, hidden, outputs: 1});
  const {train: points, test, samplePoisonInto} = ownSplits(data, seed);
  const task = {
    initial: initialize(model.layout, 'fan-in-uniform', {generator: createGenerator(seed, 'initialization')}),
    poisonFactor,
    train: points,
    test,
    poison: samplePoisonInto,
    generator: createGenerator(seed, 'training'),
  };
  let latest = resume;
  let ending: 'stopped' | 'once' | undefined;
  const evaluations = evaluationsOf(resume);
  const ended = new Error('train: this is how a call ends at an evaluation');
  try {
    const [result] = await trainNetworks(model, [task], recipe, {
      snapshotSeconds: 0,
      ...(resume && {resume}),
      onSnapshot: (snapshot) => {
        latest = snapshot;
        onProgress(snapshot);
        if (evaluationsOf(snapshot) === evaluations) return;
        if (stop !== null && meets(snapshot, stop)) ending = 'stopped';
        else if (once) ending = 'once';
      },
      signal: {
        get aborted() {
          return signal.aborted || ending !== undefined;
        },
        throwIfAborted() {
          signal.throwIfAborted();
          if (ending !== undefined) throw ended;
        },
      },
    });
    if (latest === undefined || result === undefined) throw new Error('The training had no steps.');
    return {snapshot: latest, outcome: result.outcome === 'diverged' ? 'diverged' : 'completed'};
  } catch (error) {
    if (error !== ended || latest === undefined || ending === undefined) throw error;
    return {snapshot: latest, outcome: ending};
  }
};

function evaluationsOf(snapshot: TrainingSnapshot | undefined): number {
  return snapshot?.networks[0]?.curves.step.length ?? 0;
}

function meets({networks}: TrainingSnapshot, {trainAccuracy, testAccuracyAtMost}: StopRule): boolean {
  const curves = networks[0]?.curves;
  return (
    (curves?.trainAccuracy.at(-1) ?? 0) >= trainAccuracy &&
    (curves?.testAccuracy.at(-1) ?? 1) <= testAccuracyAtMost
  );
}
