import {mkdtempSync, realpathSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createGenerator} from '@minefield/core';
import {encodeSafetensors} from '@minefield/safetensors';

const generator = createGenerator(5, 'layers model');
const normal = (size: number): number[] => Array.from({length: size}, () => Math.fround(generator.normal()));

/** Weights of a network 2-4-3 with batch normalization after its hidden layer, drawn from a seed. */
const weights: readonly {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: number[];
}[] = [
  {name: 'hidden/kernel', shape: [2, 4], values: normal(8)},
  {name: 'hidden/bias', shape: [4], values: normal(4)},
  {name: 'norm/gamma', shape: [4], values: [1, 0.5, 2, 1.5]},
  {name: 'norm/beta', shape: [4], values: normal(4)},
  {name: 'norm/moving_mean', shape: [4], values: normal(4)},
  {name: 'norm/moving_variance', shape: [4], values: [0.5, 1, 2, 4]},
  {name: 'end/kernel', shape: [4, 3], values: normal(12)},
  {name: 'end/bias', shape: [3], values: normal(3)},
];

export const COUNT = 12;
const inputs = Float32Array.from(normal(2 * COUNT));
const labels = Int32Array.from({length: COUNT}, (_, i) => i % 3);

/** As a converter of Keras models writes it, by hand. */
function kerasJson(activation: string): Record<string, unknown> {
  const layer = (class_name: string, config: Record<string, unknown>) => ({class_name, config});
  return {
    format: 'layers-model',
    generatedBy: 'keras v2.15.0',
    convertedBy: 'TensorFlow.js Converter v4.22.0',
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: layer('Sequential', {
        name: 'spotted',
        layers: [
          layer('InputLayer', {batch_input_shape: [null, 2], dtype: 'float32', sparse: false, name: 'start'}),
          layer('Dense', {
            name: 'hidden',
            trainable: true,
            dtype: 'float32',
            units: 4,
            activation: 'tanh',
            use_bias: true,
            kernel_initializer: {class_name: 'GlorotUniform', config: {seed: null}},
            bias_initializer: {class_name: 'Zeros', config: {}},
            kernel_regularizer: {class_name: 'L2', config: {l2: 0.01}},
          }),
          layer('BatchNormalization', {name: 'norm', axis: [1], momentum: 0.99, epsilon: 0.001}),
          layer('Dropout', {name: 'rest', rate: 0.5, noise_shape: null, seed: null}),
          layer('Dense', {name: 'end', units: 3, activation, use_bias: true}),
        ],
      }),
      training_config: {
        optimizer_config: {class_name: 'Adam', config: {}},
        loss: 'sparse_categorical_crossentropy',
      },
    },
    weightsManifest: [
      {
        paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
        weights: weights.map(({name, shape}) => ({name, shape, dtype: 'float32'})),
      },
    ],
  };
}

/** Mean cross-entropy and logits of the network in float64. */
export function reference(): {readonly loss: number; readonly logits: Float64Array} {
  const [kernel = [], bias = [], gamma = [], beta = [], mean = [], variance = [], last = [], end = []] =
    weights.map(({values}) => values);
  const at = (values: readonly number[], i: number): number => values[i] ?? Number.NaN;
  let loss = 0;
  const logits = Array.from({length: COUNT}, (_, example) => {
    const [x = 0, y = 0] = inputs.subarray(2 * example);
    const hidden = [0, 1, 2, 3].map((unit) => {
      const z = Math.tanh(x * at(kernel, unit) + y * at(kernel, 4 + unit) + at(bias, unit));
      return (
        ((z - at(mean, unit)) / Math.sqrt(at(variance, unit) + 0.001)) * at(gamma, unit) + at(beta, unit)
      );
    });
    const row = [0, 1, 2].map((column) =>
      hidden.reduce((sum, value, unit) => sum + value * at(last, 3 * unit + column), at(end, column)),
    );
    loss += Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - at(row, example % 3);
    return row;
  });
  return {loss: loss / COUNT, logits: Float64Array.from(logits.flat())};
}

export interface LayersModelFiles {
  /** A folder of its own, links in its path resolved. */
  readonly folder: string;
  /** The model of `reference`, ending in an activation. @returns the path of its `model.json` */
  model(options?: {
    readonly activation?: string;
    readonly change?: (json: Record<string, unknown>) => void;
    readonly bytes?: (all: Uint8Array) => Uint8Array;
  }): string;
  /** The examples, with other tensors beside them. @returns the path */
  data(more?: Readonly<Record<string, {readonly shape: number[]; readonly data: Float64Array}>>): string;
}

export function layersModelFiles(): LayersModelFiles {
  let count = 0;
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'minefield-layers-')));
  return {
    folder: base,
    model({activation = 'softmax', change = () => {}, bytes = (all: Uint8Array) => all} = {}) {
      const folder = mkdtempSync(join(base, 'model-'));
      const json = kerasJson(activation);
      change(json);
      const file = join(folder, 'model.json');
      writeFileSync(file, JSON.stringify(json));
      const all = bytes(new Uint8Array(Float32Array.from(weights.flatMap(({values}) => values)).buffer));
      // In the middle of a number: shards know nothing of what they hold.
      writeFileSync(join(folder, 'group1-shard1of2.bin'), all.subarray(0, 50));
      writeFileSync(join(folder, 'group1-shard2of2.bin'), all.subarray(50));
      return file;
    },
    data(more = {}) {
      const file = join(base, `data${count++}.safetensors`);
      const tensors = [
        {name: 'inputs', shape: [COUNT, 2], data: inputs},
        {name: 'labels', shape: [COUNT], data: Float32Array.from(labels)},
        ...Object.entries(more).map(([name, tensor]) => ({name, ...tensor})),
      ];
      writeFileSync(file, encodeSafetensors(tensors));
      return file;
    },
  };
}
