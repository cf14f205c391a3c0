/** Layers models as their files have them. */
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import {convNet} from './layers-models.ts';

export interface SavedFiles {
  /** What `model.json` holds. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly weights: Uint8Array;
}

export async function saved(model: layers.LayersModel): Promise<SavedFiles> {
  const all: tf.io.ModelArtifacts[] = [];
  const save = (artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> => {
    all.push(artifacts);
    return Promise.resolve({modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}});
  };
  await model.save(tf.io.withSaveHandler(save));
  const {modelTopology, weightSpecs, weightData} = all[0] ?? {};
  return {
    json: {
      format: 'layers-model',
      generatedBy: 'TensorFlow.js',
      modelTopology,
      weightsManifest: [{paths: ['./weights.bin'], weights: weightSpecs}],
    },
    weights: new Uint8Array(weightData as ArrayBuffer),
  };
}

/** A sequence with a convolution, and a graph with two paths, a model inside, an embedding and a recurrence. */
export function sampleModels(): layers.LayersModel[] {
  const {layers: layer, input, model, sequential} = layers;
  const words = input({shape: [3]});
  const embedded = layer.embedding({inputDim: 5, outputDim: 4}).apply(words);
  const last = layer.gru({units: 3, recurrentInitializer: 'glorotUniform'}).apply(embedded);
  const inside = sequential({layers: [layer.dense({inputShape: [3], units: 3, activation: 'elu'})]});
  const both = [
    inside.apply(last),
    layer.globalAveragePooling1d().apply(embedded),
  ] as layers.SymbolicTensor[];
  const end = layer.dense({units: 2, activation: 'softmax'}).apply(layer.concatenate().apply(both));
  return [convNet(), model({inputs: words, outputs: end as layers.SymbolicTensor})];
}
