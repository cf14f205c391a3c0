import {InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {shadow} from '../layers-model-weights.ts';
import {layersModelLayout} from '../layers-model-layout.ts';
import type {LayersModelLike} from '../layers-model.ts';
import {numbersPerExample} from './numbers-per-example.ts';
import {printable, refuse, shown} from './refuse.ts';
import type {SavedLayersModel} from './saved-layers-model.ts';
import {checkedTopology} from './topology.ts';
import {type WeightGroup, sizeOf} from './weights-manifest.ts';

/** What is used of `@tensorflow/tfjs-layers`, which whoever has such a model brings. */
export interface LayersLibrary {
  loadLayersModel(handler: tf.io.IOHandler): Promise<LoadedModel>;
  readonly layers: {readonly Layer: {readonly prototype: object}};
}

type LoadedModel = LayersModelLike & {dispose(): unknown};

export interface LoadedLayersModel {
  readonly model: LoadedModel;
  /** How many numbers its layers make of one example, all together: what bounds how many are evaluated at once. */
  readonly numbersPerExample: number;
  /** Numbers of weights that do not train, such as moving statistics of batch normalization. */
  readonly restingNumbers: number;
}

/** Of what the layers make of one example: 256 MiB. */
const MOST_NUMBERS = 2 ** 26;

/**
 * The model that was saved, its weights as they were. No layer begins with a weight that the files do not have, so that a forged
 * topology cannot ask for more memory than the weights take.
 *
 * While it works, layers that others make at the same time in the same process are held to this, too.
 *
 * @param library the module `@tensorflow/tfjs-layers`
 * @param bytes those of each group's files, one after another
 * @throws {InputError} when bytes are missing or left over, a weight is not finite, a layer is of a class that TensorFlow.js Layers
 *   does not have, or the topology and the weights do not fit
 */
export async function loadSavedLayersModel(
  library: LayersLibrary,
  {topology, groups}: SavedLayersModel,
  bytes: readonly Uint8Array[],
): Promise<LoadedLayersModel> {
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  const modelTopology = checkedTopology(topology, (name) => Object.hasOwn(classes, name));
  const weightData = joined(groups, bytes);
  const weightSpecs = groups.flatMap(({weights}) => weights);
  const variables: tf.Tensor[] = [];
  const total = totalOf(groups);
  const restore = boundedWeights(library, total, variables);
  try {
    const model = await library.loadLayersModel(
      tf.io.fromMemory({modelTopology, weightSpecs: [...weightSpecs], weightData}),
    );
    const numbers = numbersPerExample(model);
    if (!(numbers <= MOST_NUMBERS)) {
      refuse(
        `layers that make at most ${MOST_NUMBERS} numbers of an example`,
        String(numbers),
        'measure a smaller model',
      );
    }
    const {dimension} = layersModelLayout(model);
    return {model, numbersPerExample: numbers, restingNumbers: total - dimension};
  } catch (error) {
    tf.dispose(variables);
    if (error instanceof InputError) throw error;
    return refuse('a topology and weights that TensorFlow.js Layers makes a model of', wordsOf(error));
  } finally {
    restore();
  }
}

/** @returns all weights in one piece */
function joined(groups: readonly WeightGroup[], bytes: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(groups.reduce((sum, group) => sum + group.bytes, 0));
  let offset = 0;
  for (const [i, {files, weights, bytes: length}] of groups.entries()) {
    const part = bytes[i] ?? new Uint8Array();
    if (part.length !== length) {
      refuse(
        `${length} bytes of weights in ${files.map(shown).join(', ') || 'no file'}`,
        String(part.length),
        'copy all files of the model anew',
      );
    }
    whole.set(part, offset);
    for (const {name, shape, group} of weights) {
      const numbers = new Float32Array(whole.buffer, offset, sizeOf(shape));
      offset += numbers.byteLength;
      const bad = group === undefined ? numbers.findIndex((value) => !Number.isFinite(value)) : -1;
      if (bad >= 0) {
        refuse(
          'finite weights',
          `${numbers[bad]} in ${shown(name)}`,
          'the training diverged, take an earlier state of the model',
        );
      }
    }
  }
  return whole.buffer;
}

/** How many numbers the model's weights have. */
function totalOf(groups: readonly WeightGroup[]): number {
  return groups
    .flatMap(({weights}) => weights)
    .reduce((sum, {shape, group}) => sum + (group === undefined ? sizeOf(shape) : 0), 0);
}

/**
 * Lets layers add so many numbers of weights and no more, and collects their tensors.
 *
 * @returns what takes it back
 */
function boundedWeights({layers: {Layer}}: LayersLibrary, most: number, variables: tf.Tensor[]): () => void {
  const prototype = Layer.prototype as {
    addWeight: (name: string, shape: number[], ...rest: unknown[]) => {val: tf.Tensor};
  };
  const {addWeight} = prototype;
  let left = most;
  return shadow(
    prototype,
    'addWeight',
    function (this: object, name: string, shape: number[], ...rest: unknown[]) {
      left -= Array.isArray(shape) ? sizeOf(shape) : Number.NaN;
      if (!(left >= 0)) refuse(`layers with ${most} weights, as many as the files have`, 'more');
      const weight = addWeight.call(this, name, shape, ...rest);
      variables.push(weight.val);
      return weight;
    },
  );
}

/** What TensorFlow.js says of a model that it cannot make, unless that is nothing to show to a person. */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const [line = ''] = message.split(/\n|\. This may be due/);
  const crash =
    error instanceof TypeError || error instanceof RangeError || /\[object |undefined|stack/.test(line);
  return crash || line === '' ? 'settings that it cannot read' : `this from it: ${printable(line, 200)}`;
}
