import {startBackend} from '@minefield/backend/node';
import {InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import * as library from '@tensorflow/tfjs-layers';
import {beforeAll, describe, expect, it} from 'vitest';
import {type SavedFiles, sampleModels, saved} from '../../../test/saved-models.ts';
import {readTrainableWeights} from '../layers-model-weights.ts';
import {loadSavedLayersModel} from './load-saved-layers-model.ts';
import {parseSavedLayersModel} from './saved-layers-model.ts';

beforeAll(async () => {
  await startBackend({name: 'cpu'});
});

const load = ({json, weights}: SavedFiles, change = (text: string) => text) =>
  loadSavedLayersModel(library, parseSavedLayersModel(change(JSON.stringify(json))), [weights]);

describe('a model that was saved', () => {
  it.each([0, 1])('is the same again, bit by bit (%i)', async (i) => {
    const model = sampleModels()[i];
    if (model === undefined) throw new Error('no model');
    const shape = (model.inputs[0]?.shape ?? []).slice(1).map(Number);
    const x = tf.randomUniform([3, ...shape], 0, 4, 'float32', 1);
    const files = await saved(model);
    const before = tf.memory().numTensors;
    const {model: again, restingNumbers} = await load(files);
    expect(await readTrainableWeights(again)).toEqual(await readTrainableWeights(model));
    expect(restingNumbers).toBe(i === 0 ? 8 : 0);
    tf.tidy(() => {
      const [expected, actual] = [model.predict(x), again.apply(x, {training: false})] as tf.Tensor[];
      expect(actual?.dataSync()).toEqual(expected?.dataSync());
    });
    again.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, model.getWeights()]);
  });

  it('may bring what its optimizer kept, which is left aside', async () => {
    const files = await saved(sampleModels()[0] as library.LayersModel);
    const weights = new Uint8Array(files.weights.length + 4);
    weights.set(files.weights);
    const more = ',{"name":"iter","shape":[],"dtype":"int32","group":"optimizer"}]}]';
    const {model} = await load({...files, weights}, (text) => text.replace(/\]\}\](?=\}$)/, more));
    expect(model.trainableWeights).toHaveLength(7);
  });

  it('tells how many numbers its layers make of an example', async () => {
    const {numbersPerExample} = await load(await saved(sampleModels()[0] as library.LayersModel));
    // 6 × 6 × (2 + 3 · 4) of input, convolution, normalization and tanh, 3 × 3 × 6 twice, and 3.
    expect(numbersPerExample).toBe(504 + 108 + 3 - 72);
  });

  it('leaves the making of other models alone', async () => {
    await load(await saved(sampleModels()[0] as library.LayersModel));
    const other = library.sequential({layers: [library.layers.dense({inputShape: [100], units: 100})]});
    expect(other.countParams()).toBe(10_100);
  });
});

describe('a graph', () => {
  it.each<[string, (text: string) => string, RegExp]>([
    [
      'with an input that nobody makes',
      (text) => text.replace(/\["input\d+",0,0/, '["input9",0,0'),
      /an output 0 of "input9" for the layer "embedding/,
    ],
    [
      'with a loop',
      (text) =>
        text.replace(/\["input\d+",0,0,\{\}\]/, '["gru_GRU1",0,0,{}]').replaceAll(/gru_GRU\d+/g, 'gru_GRU1'),
      /none that is ever made/,
    ],
    [
      'with a name twice',
      (text) =>
        text
          .replaceAll(/gru_GRU\d+/g, 'concatenate_Concatenate1')
          .replaceAll(/concatenate_Concatenate\d+/g, 'concatenate_Concatenate1'),
      /"concatenate_Concatenate1" twice/,
    ],
    [
      'that spells a setting in two ways',
      (text) => text.replace('"class_name"', '"className":"Model","class_name"'),
      /got "className"/,
    ],
    [
      'whose prototype is another',
      (text) => text.replace('"class_name"', '"__proto__":{},"class_name"'),
      /got "__proto__"/,
    ],
    [
      'that is too deep',
      (text) => text.replace('"class_name"', `"a":${'['.repeat(1000)}${']'.repeat(1000)},"class_name"`),
      /at most 60 levels/,
    ],
    [
      'with numbers beyond measure',
      (text) => text.replace('"input_dim":5', '"input_dim":5e12'),
      /numbers below 2147483648/,
    ],
    [
      'that makes more weights',
      (text) => text.replace('"input_dim":5', '"input_dim":5e8'),
      /as many as the files have, got more/,
    ],
    [
      'that makes more of an example',
      (text) => text.replace(/"batch_input_shape":\[null,3\]/, '"batch_input_shape":[null,30000000]'),
      /at most 67108864 numbers of an example/,
    ],
  ])('%s is refused in words', async (_, change, says) => {
    const files = await saved(sampleModels()[1] as library.LayersModel);
    const before = tf.memory().numTensors;
    const attempt = load(files, (text) => {
      const changed = change(text);
      expect(changed).not.toBe(text);
      return changed;
    });
    await expect(attempt).rejects.toThrow(says);
    await expect(attempt).rejects.toBeInstanceOf(InputError);
    expect(tf.memory().numTensors).toBe(before);
  });
});
