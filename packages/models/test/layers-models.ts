/** Models of TensorFlow.js Layers that the tests bring. */
import * as layers from '@tensorflow/tfjs-layers';

const {layers: layer, initializers, sequential} = layers;

/** Dense layers of width 5 and `columns`, drawn from a seed. */
export function denseModel(columns: number, activation: 'linear' | 'softmax' | 'sigmoid'): layers.Sequential {
  return sequential({
    layers: [
      layer.dense({
        inputShape: [3],
        units: 5,
        activation: 'tanh',
        kernelInitializer: initializers.glorotNormal({seed: 1}),
        biasInitializer: initializers.randomNormal({seed: 2, stddev: 0.3}),
      }),
      layer.dense({
        units: columns,
        activation,
        kernelInitializer: initializers.glorotNormal({seed: 3}),
        biasInitializer: initializers.randomNormal({seed: 4, stddev: 0.3}),
      }),
    ],
  });
}

/** The PyTorch fixture `conv-net`, as a model whose layers are named conv0, norm, conv1 and dense0. */
export function convNet(): layers.Sequential {
  return sequential({
    layers: [
      layer.conv2d({
        name: 'conv0',
        inputShape: [6, 6, 2],
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
      }),
      layer.batchNormalization({name: 'norm', epsilon: 1e-5}),
      layer.activation({activation: 'tanh'}),
      layer.conv2d({name: 'conv1', filters: 6, kernelSize: 2, strides: 2, activation: 'tanh'}),
      layer.flatten(),
      layer.dense({name: 'dense0', units: 3}),
    ],
  });
}
