/** The reader of saved Layers models against mutated `model.json`: each makes a model that fits its weights, or is refused in words. */
import {startBackend} from '@minefield/backend/node';
import {InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import * as library from '@tensorflow/tfjs-layers';
import {drawFrom} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {loadSavedLayersModel, parseSavedLayersModel, readTrainableWeights} from '../src/index.ts';
import {type SavedFiles, sampleModels, saved} from './saved-models.ts';

export async function layersModelTarget(): Promise<FuzzTarget<string>> {
  await startBackend({name: 'cpu'});
  const samples: SavedFiles[] = [];
  for (const model of sampleModels()) samples.push(await saved(model));
  const sampleOf = (i: number): SavedFiles =>
    samples[i % samples.length] ?? {json: {}, weights: new Uint8Array()};
  return {
    input: (seed, i) => mutatedJson(drawFrom(seed, i), sampleOf(i).json),
    async read(text, i) {
      const before = tf.memory().numTensors;
      const verdict = await readModel(text, sampleOf(i).weights);
      const left = tf.memory().numTensors - before;
      return left === 0 ? verdict : {fault: `${left} tensors are left`};
    },
  };
}

async function readModel(text: string, bytes: Uint8Array): Promise<Verdict> {
  try {
    const {model, restingNumbers} = await loadSavedLayersModel(library, parseSavedLayersModel(text), [bytes]);
    try {
      const theta = await readTrainableWeights(model);
      if (4 * (theta.length + restingNumbers) !== bytes.length)
        return {fault: 'weights that the files do not have'};
      return theta.every(Number.isFinite) ? 'accepted' : {fault: 'weights that are not finite'};
    } finally {
      // Of a layer that is applied twice, and not needed twice, `dispose` leaves the weights.
      tf.dispose((model as library.LayersModel).getWeights());
    }
  } catch (error) {
    return refusal(error, [InputError]);
  }
}
