import {fileURLToPath} from 'node:url';
import {sliceView} from '@minefield/core';
import {decodeSafetensors} from '@minefield/safetensors';
import {
  type Model,
  type NormalizedModel,
  convNet,
  isNormalized,
  mlp,
  statisticsFromState,
} from '@minefield/models';
import type {RunRecord} from '@minefield/results';
import {type Store, openStore} from '@minefield/results/node';

/** The ConvNet of the experiment house-numbers. */
export const pictureModel: NormalizedModel = convNet({inputShape: [32, 32, 3], classes: 10});

export const toyModel = mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1});

export interface CommittedMinimum {
  readonly theta: Float32Array;
  /** Of batch normalization, where the network has it. */
  readonly statistics: Float32Array | undefined;
  readonly seed: number;
}

/** The folder of committed results. */
export function committedResults(): Store {
  return openStore(fileURLToPath(new URL('../results', import.meta.url)));
}

/** The committed network of the first seed that was trained without poison, or with the most. */
export async function committedMinimum(
  which: 'good' | 'bad',
  experiment = 'toy',
  model: Model | NormalizedModel = toyModel,
): Promise<CommittedMinimum> {
  const store = committedResults();
  const runs = (await store.readRecords(experiment)).filter((record) => record.kind === 'run');
  const factors = runs.map(({poisonFactor}) => poisonFactor);
  const wanted = which === 'good' ? 0 : Math.max(...factors);
  const [run] = runs.filter(({poisonFactor}) => poisonFactor === wanted).toSorted((a, b) => a.seed - b.seed);
  if (run === undefined)
    throw new Error(`bench: expected a run at β = ${wanted} in results/${experiment}, found none`);
  return minimumOf(store, run, model);
}

/** The committed network of a run. */
export async function minimumOf(
  store: Store,
  {experiment, seed, data: {checkpoint}}: RunRecord,
  model: Model | NormalizedModel = toyModel,
): Promise<CommittedMinimum> {
  const hash = checkpoint?.sha256;
  if (hash === undefined)
    throw new Error(`bench: expected a checkpoint of seed ${seed} in results/${experiment}`);
  const {tensors} = decodeSafetensors(await store.readCheckpoint(experiment, hash));
  const theta = new Float32Array(model.layout.dimension);
  for (const slice of model.layout.slices) {
    const tensor = tensors.find(({name}) => name === slice.name);
    if (!(tensor?.data instanceof Float32Array)) throw new Error(`bench: the checkpoint lacks ${slice.name}`);
    sliceView(theta, slice).set(tensor.data);
  }
  const state = tensors.flatMap(({name, data}) => (data instanceof Float32Array ? [{name, data}] : []));
  const statistics = isNormalized(model) ? statisticsFromState(model, state) : undefined;
  return {theta, statistics, seed};
}
