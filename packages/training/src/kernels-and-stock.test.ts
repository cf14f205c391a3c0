import {createGenerator} from '@minefield/core';
import {initialize, mlp} from '@minefield/models';
import {activeKernels, registerKernels, unregisterKernels} from '@minefield/tfjs-kernels';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {afterAll, expect, it} from 'vitest';
import {train} from './train.ts';

afterAll(unregisterKernels);

it('trains with our kernels a network that predicts the same with the stock ones', async () => {
  await tf.setBackend('wasm');
  await registerKernels();
  const model = mlp({inputs: 2, hidden: [16, 16], outputs: 1});
  const inputs = new Float32Array(200);
  createGenerator(1, 'examples').fillNormalInto(inputs);
  // The quadrant of a point tells its class.
  const labels = Array.from({length: 100}, (_, i) =>
    (inputs[2 * i] ?? 0) * (inputs[2 * i + 1] ?? 0) > 0 ? 1 : 0,
  );
  const examples = {inputs, labels};
  const task = {
    initial: initialize(model.layout, 'fan-in-uniform', {generator: createGenerator(1, 'initial')}),
    poisonFactor: 0,
    train: examples,
    test: examples,
    poison: () => undefined,
    generator: createGenerator(1, 'training'),
  };
  const [result] = await train(model, [task], {
    steps: 300,
    optimizer: {name: 'adam'},
    learningRate: 0.02,
    schedule: {name: 'constant'},
    poisonPoints: 0,
    evaluateEvery: 300,
  });
  expect(result?.curves.trainAccuracy.at(-1)).toBeGreaterThan(0.9);

  const predict = (): Float32Array =>
    tf.tidy(() => {
      const thetas = tf.tensor2d(result?.theta ?? new Float32Array(), [1, model.layout.dimension]);
      const logits = model.logits(thetas, tf.tensor2d(inputs, [100, 2]), 'values');
      return Float32Array.from(logits.dataSync());
    });
  const ours = predict();
  unregisterKernels();
  expect(activeKernels()).toBeNull();
  const stock = predict();
  const largest = Math.max(...stock.map(Math.abs));
  // Two sums of 16 products and one of 2, float32.
  stock.forEach((logit, i) => expect(Math.abs(logit - (ours[i] ?? Number.NaN))).toBeLessThan(1e-5 * largest));
});
