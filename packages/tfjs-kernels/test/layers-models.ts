/** Small models of every common architecture, built of TensorFlow.js Layers, as functions from an input to an output. */
import * as tfl from '@tensorflow/tfjs-layers';
import {SelfAttention} from './self-attention.ts';

type Symbolic = tfl.SymbolicTensor;

export interface LayersModel {
  readonly name: string;
  /** Shape of one example. */
  readonly inputShape: readonly number[];
  /** Whether an example is a text, its words numbers. */
  readonly words?: boolean;
  readonly output: (x: Symbolic) => Symbolic;
}

const {layers} = tfl;

/** Words of a text are numbers below this. */
export const WORDS = 12;

function apply(layer: tfl.layers.Layer, ...inputs: readonly Symbolic[]): Symbolic {
  const [first] = inputs;
  return layer.apply(inputs.length === 1 && first !== undefined ? first : [...inputs]) as Symbolic;
}

function chain(...parts: readonly tfl.layers.Layer[]): (x: Symbolic) => Symbolic {
  return (x) => parts.reduce((value, layer) => apply(layer, value), x);
}

const relu = (): tfl.layers.Layer => layers.activation({activation: 'relu'});
const normalized = (): tfl.layers.Layer => layers.batchNormalization();
const conv = (filters: number, kernelSize: number, strides = 1): tfl.layers.Layer =>
  layers.conv2d({filters, kernelSize, strides, padding: 'same', activation: 'relu'});
const plainConv = (filters: number, kernelSize: number, strides = 1): tfl.layers.Layer =>
  layers.conv2d({filters, kernelSize, strides, padding: 'same', useBias: false});
const depthwise = (strides = 1): tfl.layers.Layer =>
  layers.depthwiseConv2d({kernelSize: 3, strides, padding: 'same', useBias: false});
const separable = (filters: number): tfl.layers.Layer =>
  layers.separableConv2d({filters, kernelSize: 3, padding: 'same', useBias: false});
const embedding = (): tfl.layers.Layer => layers.embedding({inputDim: WORDS, outputDim: 8});
const dense = (units: number): tfl.layers.Layer => layers.dense({units});
/** The CPU backend's gradient of the nearest neighbour is wrong from the second image on, so it is no reference for that. */
const upSampled = (): tfl.layers.Layer => layers.upSampling2d({interpolation: 'bilinear'});
const pooled = (): tfl.layers.Layer => layers.globalAveragePooling2d({});

/** The orthogonal one, which is the default, asks for methods of tensors that are not there unless they are imported. */
const recurrentInitializer = 'glorotUniform';

const IMAGE = [8, 8, 4];
const SERIES = [6, 5];
const TEXT = [6];

export const layersModels: readonly LayersModel[] = [
  {
    name: 'perceptron',
    inputShape: [7],
    output: (x) => chain(layers.dense({units: 9, activation: 'relu'}), normalized(), dense(3))(x),
  },
  {
    name: 'LeNet, VGG',
    inputShape: IMAGE,
    output: (x) =>
      chain(conv(6, 3), layers.maxPooling2d({poolSize: 2}), conv(8, 3), layers.flatten(), dense(3))(x),
  },
  {
    name: 'ResNet block',
    inputShape: IMAGE,
    output: (x) => {
      const deep = chain(plainConv(8, 3, 2), normalized(), relu(), plainConv(8, 3), normalized())(x);
      const short = chain(plainConv(8, 1, 2), normalized())(x);
      return chain(relu(), pooled(), dense(3))(apply(layers.add(), deep, short));
    },
  },
  {
    name: 'Inception block',
    inputShape: IMAGE,
    output: (x) => {
      const average = layers.averagePooling2d({poolSize: 3, strides: 1, padding: 'same'});
      const paths = [apply(conv(4, 1), x), chain(conv(3, 1), conv(4, 5))(x), chain(average, conv(4, 1))(x)];
      return chain(pooled(), dense(3))(apply(layers.concatenate(), ...paths));
    },
  },
  {
    name: 'DenseNet block',
    inputShape: IMAGE,
    output: (x) => {
      const more = chain(normalized(), relu(), plainConv(4, 3))(x);
      return chain(normalized(), relu(), pooled(), dense(3))(apply(layers.concatenate(), x, more));
    },
  },
  {
    name: 'MobileNet block',
    inputShape: IMAGE,
    output: (x) =>
      chain(depthwise(2), normalized(), layers.reLU({maxValue: 6}), conv(8, 1), pooled(), dense(3))(x),
  },
  {
    name: 'MobileNet v2 block',
    inputShape: IMAGE,
    output: (x) => {
      const relu6 = (): tfl.layers.Layer => layers.reLU({maxValue: 6});
      const wide = chain(plainConv(12, 1), normalized(), relu6(), depthwise(), normalized(), relu6())(x);
      const narrow = chain(plainConv(4, 1), normalized())(wide);
      return chain(pooled(), dense(3))(apply(layers.add(), x, narrow));
    },
  },
  {
    name: 'EfficientNet block (squeeze and excitation)',
    inputShape: IMAGE,
    output: (x) => {
      const wide = chain(
        plainConv(12, 1),
        normalized(),
        layers.activation({activation: 'swish'}),
        depthwise(),
      )(x);
      const gate = chain(
        pooled(),
        layers.reshape({targetShape: [1, 1, 12]}),
        conv(3, 1),
        plainConv(12, 1),
      )(wide);
      const gated = apply(layers.multiply(), wide, apply(layers.activation({activation: 'sigmoid'}), gate));
      return chain(pooled(), dense(3))(gated);
    },
  },
  {
    name: 'Xception block',
    inputShape: IMAGE,
    output: (x) => {
      const pool = layers.maxPooling2d({poolSize: 3, strides: 2, padding: 'same'});
      const deep = chain(relu(), separable(8), normalized(), relu(), separable(8), normalized(), pool)(x);
      const short = chain(plainConv(8, 1, 2), normalized())(x);
      return chain(pooled(), dense(3))(apply(layers.add(), deep, short));
    },
  },
  {
    name: 'U-Net',
    inputShape: IMAGE,
    output: (x) => {
      const fine = apply(conv(4, 3), x);
      const coarse = chain(layers.maxPooling2d({poolSize: 2}), conv(6, 3), upSampled())(fine);
      return chain(conv(4, 3), plainConv(1, 1))(apply(layers.concatenate(), fine, coarse));
    },
  },
  {
    name: 'autoencoder with transposed convolutions',
    inputShape: IMAGE,
    output: (x) =>
      chain(
        conv(6, 3, 2),
        layers.conv2dTranspose({filters: 4, kernelSize: 3, strides: 2, padding: 'same', activation: 'elu'}),
      )(x),
  },
  {
    name: 'convolutions of a series',
    inputShape: SERIES,
    output: (x) =>
      chain(
        layers.conv1d({filters: 6, kernelSize: 3, padding: 'same', activation: 'tanh'}),
        layers.globalMaxPooling1d({}),
        dense(3),
      )(x),
  },
  {
    name: 'convolutions of a volume',
    inputShape: [4, 5, 5, 2],
    output: (x) =>
      chain(
        layers.conv3d({filters: 3, kernelSize: 3, padding: 'same', activation: 'relu'}),
        layers.averagePooling3d({poolSize: 2}),
        layers.flatten(),
        dense(3),
      )(x),
  },
  {
    name: 'simple RNN',
    inputShape: SERIES,
    output: (x) => chain(layers.simpleRNN({units: 6, recurrentInitializer}), dense(3))(x),
  },
  {
    name: 'LSTM, bidirectional',
    inputShape: SERIES,
    output: (x) =>
      chain(
        layers.bidirectional({
          layer: layers.lstm({units: 5, recurrentInitializer}) as tfl.RNN,
          mergeMode: 'concat',
        }),
        dense(3),
      )(x),
  },
  {
    name: 'GRU, stacked',
    inputShape: SERIES,
    output: (x) =>
      chain(
        layers.gru({units: 5, recurrentInitializer, returnSequences: true}),
        layers.gru({units: 4, recurrentInitializer, returnSequences: true}),
        layers.timeDistributed({layer: dense(3)}),
      )(x),
  },
  {
    name: 'convolutional LSTM',
    inputShape: [3, 6, 6, 2],
    output: (x) =>
      chain(
        layers.convLstm2d({filters: 3, kernelSize: 3, padding: 'same', recurrentInitializer}),
        layers.flatten(),
        dense(3),
      )(x),
  },
  {
    name: 'embedding, averaged',
    inputShape: TEXT,
    words: true,
    output: (x) => chain(embedding(), layers.globalAveragePooling1d(), dense(3))(x),
  },
  {
    name: 'embedding and LSTM',
    inputShape: TEXT,
    words: true,
    output: (x) => chain(embedding(), layers.lstm({units: 5, recurrentInitializer}), dense(3))(x),
  },
  {
    name: 'embedding and GRU',
    inputShape: TEXT,
    words: true,
    output: (x) => chain(embedding(), layers.gru({units: 5, recurrentInitializer}), dense(3))(x),
  },
  {
    name: 'attention over an embedding',
    inputShape: TEXT,
    words: true,
    output: (x) => {
      const all = apply(embedding(), x);
      const scores = apply(layers.dot({axes: 2}), apply(dense(8), all), apply(dense(8), all));
      const weights = apply(layers.activation({activation: 'softmax'}), scores);
      return chain(
        layers.globalAveragePooling1d(),
        dense(3),
      )(apply(layers.dot({axes: [2, 1]}), weights, all));
    },
  },
  {
    name: 'transformer block, heads by einsum',
    inputShape: TEXT,
    words: true,
    output: (x) => {
      const words = apply(embedding(), x);
      const norm = (): tfl.layers.Layer => layers.layerNormalization();
      const mixed = apply(layers.add(), words, apply(new SelfAttention(2), apply(norm(), words)));
      const fed = chain(norm(), layers.dense({units: 12, activation: 'gelu'}), dense(8))(mixed);
      return apply(dense(WORDS), apply(layers.add(), mixed, fed));
    },
  },
];
