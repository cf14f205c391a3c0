import {type CancelSignal, at} from '@minefield/core';
import type {Model, NormalizedModel} from '@minefield/models';
import {
  type NetworkSnapshot,
  type NetworkTask,
  type TrainingRecipe,
  type TrainingResult,
  train,
} from '@minefield/training';
import * as z from 'zod';
import type {Part} from './part.ts';

export interface TrainResumablyOptions {
  /** Where each network is kept while it trains, `[K]`; undefined keeps nothing of it. */
  readonly parts: readonly (Part | undefined)[];
  /** Between two snapshots. */
  readonly snapshotSeconds?: number;
  readonly signal?: CancelSignal | undefined;
  /** Receives the done fraction, 0 to 1: at once that which was done before, then more and more. */
  readonly onProgress?: (fraction: number) => void;
}

/** A network in training as its part holds it. */
interface Snapshot {
  readonly step: number;
  readonly network: NetworkSnapshot;
}

/**
 * As `train`, but goes on from what an earlier call kept. Networks that were broken off at different steps train apart
 * from one another, which changes no bit of them.
 */
export async function trainResumably(
  model: Model | NormalizedModel,
  tasks: readonly NetworkTask[],
  recipe: TrainingRecipe,
  {parts, snapshotSeconds, signal, onProgress}: TrainResumablyOptions,
): Promise<TrainingResult[]> {
  const isUsable = snapshotCheck(model.layout.dimension, recipe.steps);
  const networks = await Promise.all(
    tasks.map(async (task, k) => {
      const part = parts[k];
      const found = await part?.load();
      return {k, task, part, found: isUsable(found) ? found : undefined};
    }),
  );
  const earlier = networks.reduce((sum, {found}) => sum + (found?.step ?? 0), 0);
  onProgress?.(earlier / recipe.steps / tasks.length);
  const results: TrainingResult[] = [];
  const groups = Map.groupBy(networks, ({found}) => found?.step ?? 0);
  let before = 0;
  for (const [step, group] of groups) {
    const snapshots = group.flatMap(({found}) => (found === undefined ? [] : [found.network]));
    const done = before;
    const trained = await train(
      model,
      group.map(({task}) => task),
      recipe,
      {
        signal,
        ...(step === 0 ? {} : {resume: {step, networks: snapshots}}),
        ...(snapshotSeconds === undefined ? {} : {snapshotSeconds}),
        onProgress: ({step: taken, steps}) =>
          onProgress?.((done + (group.length * taken) / steps) / tasks.length),
        ...(group.some(({part}) => part !== undefined) && {
          onSnapshot: async (snapshot) => {
            await Promise.all(
              snapshot.networks.map((network, i) => group[i]?.part?.save({step: snapshot.step, network})),
            );
          },
        }),
      },
    );
    trained.forEach((result, i) => (results[at(group, i).k] = result));
    before += group.length;
  }
  return results;
}

/** The step of a training that was broken off, from its part; undefined where that is none. */
export function stepOfSnapshot(value: unknown): number | undefined {
  const result = z.object({step: z.int().positive()}).safeParse(value);
  return result.success ? result.data.step : undefined;
}

function snapshotCheck(dimension: number, steps: number): (value: unknown) => value is Snapshot {
  const vector = z.instanceof(Float32Array).refine(({length}) => length === dimension);
  const curves = z.record(z.string(), z.array(z.number()));
  const schema = z.object({
    step: z.int().positive().max(steps),
    network: z.looseObject({
      theta: vector,
      slots: z.array(vector),
      poison: z.object({key: z.tuple([z.number(), z.number()]), position: z.number()}),
      curves,
      lastFinite: vector,
      ended: z.looseObject({outcome: z.string(), theta: vector, steps: z.number(), curves}).exactOptional(),
    }),
  });
  return (value): value is Snapshot => schema.safeParse(value).success;
}
