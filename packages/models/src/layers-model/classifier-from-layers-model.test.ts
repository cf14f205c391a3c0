import {startBackend} from '@minefield/backend/node';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import {beforeAll, expect, it} from 'vitest';
import {convNet, denseModel} from '../../test/layers-models.ts';
import {classifierFromLayersModel} from './classifier-from-layers-model.ts';

beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
});

const inputs = Float32Array.from({length: 21}, (_, i) => Math.sin(i));

it.each([
  [3, 'softmax'],
  [3, 'linear'],
  [1, 'sigmoid'],
] as const)('has the log-odds of the model itself: %i columns, %s', async (columns, activation) => {
  const model = denseModel(columns, activation);
  const classifier = classifierFromLayersModel(model, {examples: 2});
  expect([classifier.dimension, classifier.classes]).toEqual([3, Math.max(2, columns)]);
  const logits = await classifier.logits(inputs);
  const outputs = tf.tidy(() =>
    Array.from((model.predict(tf.tensor2d(inputs, [7, 3])) as tf.Tensor).dataSync()),
  );
  const expected = {
    softmax: outputs.map((p, i) => Math.log(p / (outputs[i - (i % 3)] ?? 1))),
    linear: outputs.map((z, i) => z - (outputs[i - (i % 3)] ?? 0)),
    sigmoid: outputs.map((p) => Math.log(p / (1 - p))),
  }[activation];
  expected.forEach((value, i) => {
    const first = columns === 1 ? 0 : (logits[i - (i % 3)] ?? Number.NaN);
    expect((logits[i] ?? Number.NaN) - first).toBeCloseTo(value, 5);
  });
});

it('differentiates the chosen logit by images', async () => {
  const classifier = classifierFromLayersModel(convNet(), {outputs: 'logits', examples: 2});
  const images = Float32Array.from({length: 3 * 72}, (_, i) => Math.cos(i));
  const chosen = Uint32Array.of(2, 0, 1);
  const gradient = await classifier.inputGradient?.(images, chosen);
  const h = 1e-2;
  for (const place of [5, 72 + 40, 144 + 71]) {
    const [above, below] = await Promise.all(
      [h, -h].map((step) =>
        classifier.logits(images.map((value, i) => (i === place ? value + step : value))),
      ),
    );
    const example = Math.floor(place / 72);
    const entry = 3 * example + (chosen[example] ?? 0);
    const slope = ((above?.[entry] ?? Number.NaN) - (below?.[entry] ?? Number.NaN)) / (2 * h);
    expect(Math.abs((gradient?.[place] ?? Number.NaN) - slope)).toBeLessThan(1e-4);
  }
});

it('follows the weights of the model, and leaves no tensor behind', async () => {
  const model = denseModel(3, 'linear');
  const classifier = classifierFromLayersModel(model);
  const before = await classifier.logits(inputs);
  const zeros = model.getWeights().map((weight) => tf.zerosLike(weight));
  model.setWeights(zeros);
  tf.dispose(zeros);
  const count = tf.memory().numTensors;
  expect(before.some((logit) => logit !== 0)).toBe(true);
  expect([...(await classifier.logits(inputs))]).toEqual(new Array(21).fill(0));
  expect([...((await classifier.inputGradient?.(inputs, new Uint32Array(7))) ?? [])]).toEqual(
    new Array(21).fill(0),
  );
  expect(tf.memory().numTensors).toBe(count);
});

it('refuses models whose inputs or outputs are of no known size', () => {
  const {layers: layer, sequential} = layers;
  const anySize = sequential({
    layers: [layer.conv2d({inputShape: [null, null, 1], filters: 2, kernelSize: 3})],
  });
  expect(() => classifierFromLayersModel(anySize)).toThrow(
    /expected one input of known size and one output \[n, classes\], got inputs \[n, n, n, 1\]/,
  );
  const odd = sequential({layers: [layer.inputLayer({inputShape: [3]}), layer.leakyReLU()]});
  expect(() => classifierFromLayersModel(odd)).toThrow(
    /models.classifierFromLayersModel: expected a last layer with a linear, .* got no activation of LeakyReLU/,
  );
});
