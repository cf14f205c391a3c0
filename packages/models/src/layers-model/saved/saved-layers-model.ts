import {isObject, type JsonObject, property, refuse, shown} from './refuse.ts';
import {type WeightGroup, weightGroups} from './weights-manifest.ts';

/** What the `model.json` of a TensorFlow.js Layers model says. */
export interface SavedLayersModel {
  /** Of which {@link loadSavedLayersModel} makes the model. */
  readonly topology: JsonObject;
  /** Where the weights are. */
  readonly groups: readonly WeightGroup[];
}

/**
 * Reads the `model.json` that `model.save` of TensorFlow.js writes, or its converter from a Keras model. What an optimizer kept,
 * and how the model was trained, is left aside.
 *
 * @throws {InputError} when it is no JSON, another kind of model, or has fields that are missing or of another kind
 */
export function parseSavedLayersModel(text: string): SavedLayersModel {
  const file = parsed(text);
  const topology = property(file, 'modelTopology');
  if (property(file, 'format') === 'graph-model' || property(topology, 'node') !== undefined) {
    refuse(
      'a Layers model',
      'a graph model',
      'its weights are folded into its operations; convert the Keras model with --output_format tfjs_layers_model',
    );
  }
  if (!isObject(topology)) refuse('an object "modelTopology"', shown(topology));
  return {topology, groups: weightGroups(property(file, 'weightsManifest'))};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('JSON, such as the model.json of a saved model', 'other text');
  }
}
