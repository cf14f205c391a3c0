import {InputError, printable} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {shadow} from '../layers-model-weights.ts';
import {layersModelLayout} from '../layers-model-layout.ts';
import type {LayersModelLike} from '../layers-model.ts';
import {numbersPerExample} from './numbers-per-example.ts';
import {refuse, shown} from './refuse.ts';
import type {SavedLayersModel} from './saved-layers-model.ts';
import {checkedTopology} from './topology.ts';
import {type SavedWeight, type WeightGroup, sizeOf} from './weights-manifest.ts';

/** What is used of `@tensorflow/tfjs-layers`, which whoever has such a model brings. */
export interface LayersLibrary {
  loadLayersModel(handler: tf.io.IOHandler): Promise<LoadedModel>;
  readonly layers: {readonly Layer: {readonly prototype: object}};
}

type LoadedModel = LayersModelLike & {
  loadWeights(weights: tf.NamedTensorMap, strict: boolean): void;
  dispose(): unknown;
};

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
  const weights = groups.flatMap((group, i) => weightsIn(group, bytes[i] ?? new Uint8Array()));
  const total = weights.reduce((sum, {values}) => sum + values.length, 0);
  const variables: tf.Tensor[] = [];
  const restore = boundedWeights(library, total, variables);
  try {
    const model = await library.loadLayersModel(tf.io.fromMemory({modelTopology}));
    tf.tidy(() => {
      const tensors = weights.map(({name, shape, values}) => [name, tf.tensor(values, shape)] as const);
      model.loadWeights(Object.fromEntries(tensors), true);
    });
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

/** The model's weights in the files of a group; not those of an optimizer. */
function weightsIn(
  {files, weights, bytes}: WeightGroup,
  all: Uint8Array,
): (SavedWeight & {values: Float32Array})[] {
  if (all.length !== bytes) {
    refuse(
      `${bytes} bytes of weights in ${files.map(shown).join(', ') || 'no file'}`,
      String(all.length),
      'copy all files of the model anew',
    );
  }
  // A copy, for numbers have to begin at a multiple of four in what holds them; a slice of Node's buffers is none.
  const whole = new Uint8Array(all);
  let offset = 0;
  return weights.flatMap((weight) => {
    const values = new Float32Array(whole.buffer, offset, sizeOf(weight.shape));
    offset += values.byteLength;
    if (weight.group === 'optimizer') return [];
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) return [{...weight, values}];
    return refuse(
      'finite weights',
      `${values[bad]} in ${shown(weight.name)}`,
      'the training diverged, take an earlier state of the model',
    );
  });
}

/** A `LayerVariable`. */
interface AddedWeight {
  readonly val: tf.Tensor;
}

/**
 * Lets layers add so many numbers of weights and no more, and collects their tensors.
 *
 * @returns what takes it back
 */
function boundedWeights({layers: {Layer}}: LayersLibrary, most: number, variables: tf.Tensor[]): () => void {
  const prototype = Layer.prototype as {
    addWeight: (name: string, shape: number[], ...rest: unknown[]) => AddedWeight;
  };
  const {addWeight} = prototype;
  let left = most;
  return shadow(
    prototype,
    'addWeight',
    function (this: object, name: string, shape: number[], ...rest: unknown[]) {
      left -= Array.isArray(shape) ? sizeOf(shape) : Number.NaN;
      if (!(left >= 0)) refuse(`layers with ${most} weights, as many as the files have`, 'more');
      let added: AddedWeight | undefined;
      // Values that are replaced at once need not be drawn.
      Object.assign(this, {fastWeightInitDuringBuild: true});
      // Where it throws, it leaves the values behind.
      tf.tidy(() => {
        added = addWeight.call(this, name, shape, ...rest);
      });
      if (added !== undefined) variables.push(added.val);
      return added;
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
