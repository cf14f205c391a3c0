import * as layers from '@tensorflow/tfjs-layers';
import {startBackend} from '@minefield/backend/node';
import {beforeAll, expect, it} from 'vitest';
import {layersModelLayout} from './layers-model-layout.ts';

const {layers: layer, sequential} = layers;

beforeAll(async () => {
  await startBackend({name: 'cpu'});
});

function described(model: layers.LayersModel): string[] {
  return layersModelLayout(model).slices.map(
    ({name, shape, role, filterAxis}) =>
      `${name} [${shape}] ${role}${filterAxis === undefined ? '' : ` ${filterAxis}`}`,
  );
}

it('knows kernels, biases, scales and shifts of convolutions, and the axis of their filters', () => {
  const model = sequential({
    layers: [
      layer.conv2d({name: 'a', inputShape: [8, 8, 3], filters: 4, kernelSize: [3, 2]}),
      layer.batchNormalization({name: 'b'}),
      layer.depthwiseConv2d({name: 'c', kernelSize: 2, depthMultiplier: 2}),
      layer.separableConv2d({name: 'd', filters: 5, kernelSize: 2, depthMultiplier: 1}),
      layer.prelu({name: 'e', sharedAxes: [1, 2]}),
      layer.conv2dTranspose({name: 'f', filters: 2, kernelSize: 3}),
      layer.flatten(),
      layer.layerNormalization({name: 'g'}),
      layer.dense({name: 'h', units: 2}),
    ],
  });
  expect(described(model)).toEqual([
    'a/kernel [3,2,3,4] kernel 3',
    'a/bias [4] bias',
    'b/gamma [4] scale',
    'b/beta [4] shift',
    'c/depthwise_kernel [2,2,4,2] kernel 2',
    'c/bias [8] bias',
    'd/depthwise_kernel [2,2,8,1] kernel 2',
    'd/pointwise_kernel [1,1,8,5] kernel 3',
    'd/bias [5] bias',
    'e/alpha [1,1,5] scale',
    'f/kernel [3,3,2,5] kernel 2',
    'f/bias [2] bias',
    'g/gamma [84] scale',
    'g/beta [84] shift',
    'h/kernel [84,2] kernel 1',
    'h/bias [2] bias',
  ]);
});

it('knows embeddings, recurrent layers, and layers in wrappers and models inside', () => {
  const inner = sequential({
    name: 'inner',
    layers: [
      layer.conv1d({name: 'h', inputShape: [6, 4], filters: 3, kernelSize: 2}),
      layer.lstm({name: 'i', units: 2, recurrentInitializer: 'glorotNormal'}),
    ],
  });
  const model = sequential({
    layers: [layer.embedding({name: 'e', inputDim: 9, outputDim: 4, inputLength: 6}), inner],
  });
  expect(described(model)).toEqual([
    'e/embeddings [9,4] kernel 0',
    'h/kernel [2,4,3] kernel 2',
    'h/bias [3] bias',
    'i/kernel [3,8] kernel 1',
    'i/recurrent_kernel [2,8] kernel 1',
    'i/bias [8] bias',
  ]);
  const wrapped = sequential({
    layers: [
      layer.timeDistributed({
        inputShape: [2, 3, 3, 1],
        layer: layer.conv2dTranspose({name: 't', filters: 2, kernelSize: 2, useBias: false}),
      }),
    ],
  });
  expect(layersModelLayout(wrapped).slices.map(({shape, filterAxis}) => [shape, filterAxis])).toEqual([
    [[2, 2, 2, 1], 2],
  ]);
});

it('leaves frozen layers out, and refuses a model in which nothing can be trained', () => {
  const model = sequential({
    name: 'still',
    layers: [
      layer.dense({name: 'p', inputShape: [2], units: 3, trainable: false}),
      layer.dense({name: 'q', units: 1}),
    ],
  });
  expect(described(model)).toEqual(['q/kernel [3,1] kernel 1', 'q/bias [1] bias']);
  model.layers.forEach((part) => {
    part.trainable = false;
  });
  expect(() => layersModelLayout(model)).toThrow(
    'models.layersModelLayout: expected a built model with trainable weights, got none in "still"',
  );
});
