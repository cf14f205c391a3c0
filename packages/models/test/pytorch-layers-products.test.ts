/**
 * Layers models whose products with the Hessian PyTorch computed by double backward in double precision, and whose whole Hessian it
 * diagonalized (fixtures/make-layers-products.py). Ours are in single precision.
 */
import {readFileSync} from 'node:fs';
import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import {createGenerator} from '@minefield/core';
import {extremeEigenvalues, hessianOperator} from '@minefield/landscape';
import {decodeSafetensors} from '@minefield/safetensors';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {beforeAll, describe, expect, it} from 'vitest';
import {objectiveFromLayersModel} from '../src/layers-model/objective-from-layers-model.ts';

const {layers} = tfl;
const {tensors} = decodeSafetensors(
  readFileSync(new URL('fixtures/layers-products.safetensors', import.meta.url)),
);

function attention(): tfl.LayersModel {
  const apply = (layer: tfl.layers.Layer, ...inputs: tfl.SymbolicTensor[]): tfl.SymbolicTensor =>
    layer.apply(inputs.length === 1 ? (inputs[0] as tfl.SymbolicTensor) : inputs) as tfl.SymbolicTensor;
  const start = tfl.input({shape: [5]});
  const words = apply(layers.embedding({inputDim: 7, outputDim: 4}), start);
  const normal = apply(layers.layerNormalization(), words);
  const [query, key] = [0, 1].map(() => apply(layers.dense({units: 4}), normal)) as [
    tfl.SymbolicTensor,
    tfl.SymbolicTensor,
  ];
  const scores = apply(layers.activation({activation: 'softmax'}), apply(layers.dot({axes: 2}), query, key));
  const mixed = apply(layers.dot({axes: [2, 1]}), scores, normal);
  const pooled = apply(layers.globalAveragePooling1d(), apply(layers.add(), words, mixed));
  return tfl.model({inputs: start, outputs: apply(layers.dense({units: 3, activation: 'softmax'}), pooled)});
}

const models: Readonly<Record<string, () => tfl.LayersModel>> = {
  'tanh-perceptron': () =>
    tfl.sequential({
      layers: [
        layers.dense({inputShape: [2], units: 8, activation: 'tanh'}),
        layers.dense({units: 1, activation: 'sigmoid'}),
      ],
    }),
  'ten-classes': () =>
    tfl.sequential({
      layers: [
        layers.dense({inputShape: [4], units: 6, activation: 'gelu'}),
        layers.dense({units: 10, activation: 'softmax'}),
      ],
    }),
  normalized: () =>
    tfl.sequential({
      layers: [
        layers.conv2d({inputShape: [6, 6, 2], filters: 4, kernelSize: 3, padding: 'same', useBias: false}),
        layers.batchNormalization({name: 'norm'}),
        layers.activation({activation: 'swish'}),
        layers.averagePooling2d({poolSize: 2}),
        layers.flatten(),
        layers.dense({units: 3}),
      ],
    }),
  lenet: () =>
    tfl.sequential({
      layers: [
        layers.conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: 'tanh'}),
        layers.maxPooling2d({poolSize: 3, strides: 2, padding: 'same'}),
        layers.conv2d({filters: 5, kernelSize: 2, activation: 'tanh'}),
        layers.flatten(),
        layers.dense({units: 3, activation: 'softmax'}),
      ],
    }),
  attention,
};

function problem(name: string) {
  const numbers = (key: string): number[] =>
    Array.from(tensors.find((tensor) => tensor.name === `${name}/${key}`)?.data ?? [], Number);
  const model = models[name]?.();
  if (model === undefined) throw new Error(`no model ${name}`);
  if (name === 'normalized') {
    tf.tidy(() => {
      const [mean, variance] = [numbers('state').slice(0, 4), numbers('state').slice(4)];
      const norm = model.getLayer('norm');
      norm.setWeights([...norm.getWeights().slice(0, 2), tf.tensor1d(mean), tf.tensor1d(variance)]);
    });
  }
  const objective = objectiveFromLayersModel(
    model,
    {inputs: Float32Array.from(numbers('inputs')), labels: numbers('labels')},
    {examples: 5},
  );
  return {objective, numbers, theta: Float32Array.from(numbers('theta'))};
}

/** Length of the difference, in units of the length expected. */
function disagreement(actual: ArrayLike<number> | undefined, expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  const squares = expected.map((value, i) => (value - (actual?.[i] ?? Number.NaN)) ** 2);
  return Math.sqrt(squares.reduce((sum, each) => sum + each, 0)) / Math.hypot(...expected);
}

describe.each(testedBackends)('on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({name: backend, deterministic: true});
  });

  it.each(Object.keys(models))('%s: loss, gradient, and product with the Hessian', async (name) => {
    const {objective, numbers, theta} = problem(name);
    const before = tf.memory().numTensors;
    const [loss = Number.NaN] = await objective.loss(theta);
    expect(loss / (numbers('loss')[0] ?? Number.NaN)).toBeCloseTo(1, 5);
    expect(disagreement(await objective.gradient?.(theta), numbers('gradient'))).toBeLessThan(1e-5);
    const product = await objective.hessianVector?.(theta, Float32Array.from(numbers('vector')));
    expect(disagreement(product, numbers('product'))).toBeLessThan(1e-5);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(Object.keys(models))('%s: both ends of the spectrum', async (name) => {
    const {objective, numbers, theta} = problem(name);
    const operator = await hessianOperator(objective, theta, {generator: createGenerator(1)});
    expect(operator.method).toBe('exact');
    const {largest, smallest} = await extremeEigenvalues(operator, {
      generator: createGenerator(2),
      maximumSteps: 60,
      tolerance: 1e-5,
    });
    const [top = Number.NaN, bottom = Number.NaN] = numbers('ends');
    expect(Math.abs(largest.value / top - 1)).toBeLessThan(1e-4);
    expect(Math.abs(smallest.value - bottom)).toBeLessThan(1e-4 * top);
  });
});
