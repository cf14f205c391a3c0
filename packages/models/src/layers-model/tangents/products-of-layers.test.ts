/** Layers that the fixtures of PyTorch do not have: their products against differences of gradients, which are no better than 1e-3. */
import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {hessianOperator} from '@minefield/landscape';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {beforeAll, describe, expect, it} from 'vitest';
import {readTrainableWeights} from '../layers-model-weights.ts';
import {objectiveFromLayersModel} from '../objective-from-layers-model.ts';

const {layers} = tfl;
const recurrentInitializer = 'glorotUniform';
const tanh = {activation: 'tanh'} as const;
const IMAGE = [6, 6, 2];
const SERIES = [5, 3];

const parts: readonly (readonly [string, number[], () => tfl.layers.Layer[]])[] = [
  [
    'depthwise and separable convolutions',
    IMAGE,
    () => [
      layers.depthwiseConv2d({kernelSize: 3, ...tanh}),
      layers.separableConv2d({filters: 3, kernelSize: 2, ...tanh}),
    ],
  ],
  [
    'strided convolutions',
    IMAGE,
    () => [
      layers.conv2d({filters: 3, kernelSize: 3, strides: 2, padding: 'same', ...tanh}),
      layers.conv2d({filters: 2, kernelSize: 2, ...tanh}),
    ],
  ],
  [
    'transposed convolutions',
    IMAGE,
    () => [layers.conv2dTranspose({filters: 3, kernelSize: 3, strides: 2, padding: 'same', ...tanh})],
  ],
  [
    'borders, cuts and enlargements',
    IMAGE,
    () => [
      layers.conv2d({filters: 2, kernelSize: 3, ...tanh}),
      layers.zeroPadding2d({padding: 1}),
      layers.cropping2D({cropping: 1}),
      layers.upSampling2d({interpolation: 'bilinear'}),
    ],
  ],
  [
    'convolutions of a series, the largest of each',
    SERIES,
    () => [layers.conv1d({filters: 4, kernelSize: 2, ...tanh}), layers.globalMaxPooling1d({})],
  ],
  [
    'convolutions of a volume',
    [4, 4, 4, 1],
    () => [layers.conv3d({filters: 2, kernelSize: 2, ...tanh}), layers.averagePooling3d({poolSize: 2})],
  ],
  ['a simple recurrence', SERIES, () => [layers.simpleRNN({units: 4, recurrentInitializer})]],
  [
    'long memory, in both directions',
    SERIES,
    () => [
      layers.bidirectional({
        layer: layers.lstm({units: 3, recurrentInitializer}) as tfl.RNN,
        mergeMode: 'concat',
      }),
    ],
  ],
  [
    'gates',
    SERIES,
    () => [
      layers.gru({units: 4, recurrentInitializer, recurrentActivation: 'sigmoid', returnSequences: true}),
      layers.timeDistributed({layer: layers.dense({units: 2, ...tanh})}),
    ],
  ],
  [
    'normalizations without a scale, and without a shift',
    [4],
    () => [
      layers.dense({units: 4, ...tanh}),
      layers.batchNormalization({scale: false}),
      layers.activation(tanh),
      layers.batchNormalization({center: false}),
    ],
  ],
  ['slopes that are learned', [4], () => [layers.dense({units: 4}), layers.prelu()]],
  [
    'repeats and permutations',
    [4],
    () => [
      layers.dense({units: 3, ...tanh}),
      layers.repeatVector({n: 2}),
      layers.permute({dims: [2, 1]}),
      layers.reshape({targetShape: [6]}),
    ],
  ],
  ...(['elu', 'gelu', 'gelu_new', 'mish', 'selu', 'sigmoid', 'softplus', 'softsign', 'swish'] as const).map(
    (activation) =>
      [activation, [4], () => [layers.dense({units: 4, activation: activation as 'elu'})]] as const,
  ),
] as (readonly [string, number[], () => tfl.layers.Layer[]])[];

describe('the product of', () => {
  beforeAll(async () => {
    await startBackend({name: 'wasm', deterministic: true});
  });

  it.each(parts)('%s is that of differences', async (name, shape, make) => {
    const generator = createGenerator(1, name);
    const input = tfl.input({shape});
    const made = make().reduce((value, layer) => layer.apply(value) as tfl.SymbolicTensor, input);
    const flat = made.shape.length > 2 ? (layers.flatten().apply(made) as tfl.SymbolicTensor) : made;
    const end = layers.dense({units: 3, activation: 'softmax'}).apply(flat) as tfl.SymbolicTensor;
    const model = tfl.model({inputs: input, outputs: end});
    const xs = tf.tensor(
      Float32Array.from({length: 8 * shape.reduce((a, b) => a * b)}, () => generator.normal()),
      [8, ...shape],
    );
    const objective = objectiveFromLayersModel(model, {
      inputs: xs,
      labels: Array.from({length: 8}, (_, i) => i % 3),
    });
    // Not what the layers begin with: they draw anew each time.
    const theta = (await readTrainableWeights(model)).map(() => 0.5 * generator.normal());
    const {method, selfCheck} = await hessianOperator(objective, theta, {generator, tolerance: 3e-3});
    expect(method).toBe('exact');
    expect(selfCheck).toBeLessThan(3e-3);
    model.dispose();
    xs.dispose();
  });

  it('a kernel without a tangent is left to differences, which say so', async () => {
    class Cumulative extends layers.Layer {
      static readonly className = 'Cumulative';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return tf.cumprod([inputs].flat()[0] as tf.Tensor, 1);
      }
    }
    const model = tfl.sequential({
      layers: [
        layers.dense({inputShape: [3], units: 3, ...tanh}),
        new Cumulative({}),
        layers.dense({units: 2}),
      ],
    });
    const generator = createGenerator(1);
    const xs = Float32Array.from({length: 12}, () => generator.normal());
    const objective = objectiveFromLayersModel(model, {inputs: xs, labels: [0, 1, 0, 1]});
    expect(objective.hessianVector).toBeUndefined();
  });
});
