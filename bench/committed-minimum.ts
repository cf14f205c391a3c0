import {fileURLToPath} from 'node:url';
import {decodeSafetensors, sliceView} from '@minefield/core';
import {mlp} from '@minefield/models';
import {openStore} from '@minefield/results/node';

export const toyModel = mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1});

/** The committed network of the first seed that was trained without poison, or with the most. */
export async function committedMinimum(
  which: 'good' | 'bad',
): Promise<{readonly theta: Float32Array; readonly seed: number}> {
  const store = openStore(fileURLToPath(new URL('../results', import.meta.url)));
  const runs = (await store.readRecords('toy')).filter((record) => record.kind === 'run');
  const factors = runs.map(({poisonFactor}) => poisonFactor);
  const wanted = which === 'good' ? 0 : Math.max(...factors);
  const [run] = runs.filter(({poisonFactor}) => poisonFactor === wanted).toSorted((a, b) => a.seed - b.seed);
  const hash = run?.data.checkpoint?.sha256;
  if (run === undefined || hash === undefined)
    throw new Error(`bench: expected a run at β = ${wanted} in results/toy, found none`);
  const {tensors} = decodeSafetensors(await store.readCheckpoint('toy', hash));
  const theta = new Float32Array(toyModel.layout.dimension);
  for (const slice of toyModel.layout.slices) {
    const tensor = tensors.find(({name}) => name === slice.name);
    if (!(tensor?.data instanceof Float32Array)) throw new Error(`bench: the checkpoint lacks ${slice.name}`);
    sliceView(theta, slice).set(tensor.data);
  }
  return {theta, seed: run.seed};
}
