import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import {createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import {beforeAll, describe, expect, it} from 'vitest';
import {denseModel} from '../../test/layers-models.ts';
import {readTrainableWeights, writeTrainableWeights} from './layers-model-weights.ts';
import type {LayersModelInputs} from './example-inputs.ts';
import {type LayersModelObjectiveOptions, objectiveFromLayersModel} from './objective-from-layers-model.ts';

const COUNT = 11;
const generator = createGenerator(3, 'layers model');
const xs = Float32Array.from({length: 3 * COUNT}, () => generator.normal());
const classes = (columns: number) =>
  Uint8Array.from({length: COUNT}, (_, i) => (i * 7) % Math.max(2, columns));
const dataOf = (columns: number) => ({inputs: xs, labels: classes(columns)});

/** Scores of the model of `denseModel` at θ in float64, `[COUNT][columns]`. */
function referenceScores(theta: ArrayLike<number>, columns: number): number[][] {
  const at = (i: number) => theta[i] ?? Number.NaN;
  return Array.from({length: COUNT}, (_, example) => {
    const hidden = Array.from({length: 5}, (__, unit) => {
      let sum = at(15 + unit);
      for (let i = 0; i < 3; i++) sum += (xs[3 * example + i] ?? 0) * at(5 * i + unit);
      return Math.tanh(sum);
    });
    return Array.from({length: columns}, (__, column) =>
      hidden.reduce(
        (sum, value, unit) => sum + value * at(20 + unit * columns + column),
        at(20 + 5 * columns + column),
      ),
    );
  });
}

/** log p of every class. */
function referenceLogProbabilities(scores: readonly number[]): number[] {
  const all = scores.length === 1 ? [0, scores[0] ?? 0] : scores;
  const total = Math.log(all.reduce((sum, score) => sum + Math.exp(score), 0));
  return all.map((score) => score - total);
}

function referenceLoss(theta: ArrayLike<number>, columns: number, examples?: Uint32Array): number {
  const labels = classes(columns);
  const chosen = examples ?? labels.map((_, i) => i);
  const scores = referenceScores(theta, columns);
  const sum = Array.from(chosen, (i) => -(referenceLogProbabilities(scores[i] ?? [])[labels[i] ?? 0] ?? 0));
  return sum.reduce((total, loss) => total + loss, 0) / chosen.length;
}

const concat = (...rows: readonly Float32Array[]) => Float32Array.from(rows.flatMap((row) => [...row]));

describe.each(testedBackends)('on %s', (name) => {
  beforeAll(async () => {
    await startBackend({name, deterministic: true});
  });

  describe.each([
    [3, 'softmax'],
    [3, 'linear'],
    [1, 'sigmoid'],
    [1, 'linear'],
  ] as const)('with %i columns that end in %s', (columns, activation) => {
    const labels = classes(columns);

    it('gives the mean cross-entropy of each of K vectors, however the work is chunked', async () => {
      const model = denseModel(columns, activation);
      const theta = await readTrainableWeights(model);
      const points = [1, -2, 0.5].map((factor) => theta.map((value) => factor * value));
      for (const options of [{}, {networks: 2, examples: 4}, {networks: 1, examples: 1}]) {
        const losses = await objectiveFromLayersModel(model, {inputs: xs, labels}, options).loss(
          concat(...points),
        );
        points.forEach((point, k) => expect(losses[k]).toBeCloseTo(referenceLoss(point, columns), 5));
      }
    });

    it('averages over the examples asked for, and stops early only above the limit', async () => {
      const model = denseModel(columns, activation);
      const theta = await readTrainableWeights(model);
      const objective = objectiveFromLayersModel(model, {inputs: xs, labels}, {examples: 3});
      const examples = Uint32Array.of(9, 2, 4, 0);
      const [some] = await objective.loss(theta, {examples});
      expect(some).toBeCloseTo(referenceLoss(theta, columns, examples), 5);
      const far = theta.map((value) => -3 * value);
      const [near, beyond] = [referenceLoss(theta, columns), referenceLoss(far, columns)].toSorted(
        (a, b) => a - b,
      );
      const limit = ((near ?? 0) + (beyond ?? 0)) / 2;
      const limited = (await objective.loss(concat(theta, far), {limit})).toSorted();
      expect(limited[0]).toBeCloseTo(near ?? 0, 5);
      expect(limited[1]).toBeGreaterThan(limit);
    });

    it('has the gradient of central differences in float64', async () => {
      const model = denseModel(columns, activation);
      const theta = await readTrainableWeights(model);
      const gradient = await objectiveFromLayersModel(model, {inputs: xs, labels}, {examples: 4}).gradient?.(
        theta,
      );
      const at = (i: number, step: number) => {
        const moved = Float64Array.from(theta);
        moved[i] = (moved[i] ?? 0) + step;
        return referenceLoss(moved, columns);
      };
      theta.forEach((_, i) => expect(gradient?.[i]).toBeCloseTo((at(i, 1e-6) - at(i, -1e-6)) / 2e-6, 5));
    });

    it('predicts the log-probabilities of every class', async () => {
      const model = denseModel(columns, activation);
      const theta = await readTrainableWeights(model);
      const points = [theta, theta.map((value) => -value)];
      const objective = objectiveFromLayersModel(model, {inputs: xs, labels}, {networks: 1, examples: 4});
      const expected = points.flatMap((point) =>
        referenceScores(point, columns).flatMap(referenceLogProbabilities),
      );
      const predicted = await objective.predictions?.(concat(...points));
      expect(predicted).toHaveLength(expected.length);
      expected.forEach((value, i) => expect(predicted?.[i]).toBeCloseTo(value, 5));
    });
  });

  it('keeps the digits of sure predictions, where probabilities would have lost them', async () => {
    const model = denseModel(3, 'softmax');
    const theta = (await readTrainableWeights(model)).map((value, i) => (i < 20 ? value : 300 * value));
    const exact = referenceLoss(theta, 3);
    const [loss] = await objectiveFromLayersModel(model, dataOf(3)).loss(theta);
    expect(exact).toBeGreaterThan(100);
    expect((loss ?? 0) / exact).toBeCloseTo(1, 5);
    const gradient = await objectiveFromLayersModel(model, dataOf(3)).gradient?.(theta);
    expect(gradient?.every(Number.isFinite)).toBe(true);
  });

  it('reads tensors and arrays, class indices and one-hot rows, probabilities and logits alike', async () => {
    const model = denseModel(3, 'softmax');
    const theta = await readTrainableWeights(model);
    const labels = classes(3);
    const inputs = tf.tensor2d(xs, [COUNT, 3]);
    const indices = tf.tensor1d(labels, 'int32');
    const rows = tf.oneHot(indices, 3);
    const examples = Uint32Array.of(8, 1, 3);
    const before = tf.memory().numTensors;
    for (const ys of [labels, indices, rows, await rows.data()]) {
      for (const given of [inputs, [inputs], xs]) {
        const objective = objectiveFromLayersModel(model, {inputs: given, labels: ys});
        expect((await objective.loss(theta))[0]).toBeCloseTo(referenceLoss(theta, 3), 5);
        expect((await objective.loss(theta, {examples}))[0]).toBeCloseTo(
          referenceLoss(theta, 3, examples),
          5,
        );
      }
    }
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([inputs, indices, rows]);
  });

  it.each(['activation', 'softmax'] as const)(
    'finds the logits before a layer of its own (%s)',
    async (kind) => {
      const {layers: layer, sequential} = layers;
      const end = kind === 'softmax' ? layer.softmax() : layer.activation({activation: 'softmax'});
      const model = sequential({layers: [...denseModel(3, 'linear').layers, end]});
      const far = (await readTrainableWeights(model)).map((value, i) => (i < 20 ? value : 300 * value));
      const [loss] = await objectiveFromLayersModel(model, dataOf(3)).loss(far);
      expect((loss ?? 0) / referenceLoss(far, 3)).toBeCloseTo(1, 5);
    },
  );

  it.each([1, 3])(
    'takes logarithms of probabilities where it cannot do without (%i columns)',
    async (columns) => {
      const {layers: layer, sequential} = layers;
      const squashed = denseModel(columns, columns === 1 ? 'sigmoid' : 'softmax').layers;
      const model = sequential({layers: [...squashed, layer.reshape({targetShape: [columns]})]});
      const theta = await readTrainableWeights(model);
      const objective = objectiveFromLayersModel(model, dataOf(columns), {outputs: 'probabilities'});
      expect((await objective.loss(theta))[0]).toBeCloseTo(referenceLoss(theta, columns), 5);
    },
  );

  it.each(['functional', 'sequential'] as const)(
    'keeps the softmax of a model that serves twice in another, and leaves out that of one that serves once (%s)',
    async (kind) => {
      const {layers: layer, initializers, input, model: modelOf, sequential} = layers;
      const inner = sequential({
        layers: [
          layer.dense({
            inputShape: [3],
            units: 3,
            activation: 'softmax',
            kernelInitializer: initializers.randomNormal({seed: 1}),
          }),
        ],
      });
      const start = input({shape: [3]});
      const [once, twice] =
        kind === 'sequential'
          ? [sequential({layers: [inner]}), sequential({layers: [inner, inner]})]
          : [1, 2].map((times) => {
              let end = start;
              for (let i = 0; i < times; i++) end = inner.apply(end) as layers.SymbolicTensor;
              return modelOf({inputs: start, outputs: end});
            });
      for (const model of [once, twice]) {
        if (model === undefined) throw new Error('no model');
        const probabilities = tf.tidy(() => model.predict(tf.tensor2d(xs, [COUNT, 3])) as tf.Tensor);
        const values = await probabilities.data();
        const mean =
          classes(3).reduce((sum, label, i) => sum - Math.log(values[3 * i + label] ?? 0), 0) / COUNT;
        const objective = objectiveFromLayersModel(model, dataOf(3), {examples: 4});
        const theta = await readTrainableWeights(model);
        expect((await objective.loss(theta))[0]).toBeCloseTo(mean, 5);
      }
      const far = (await readTrainableWeights(inner)).map((value) => 1e5 * value);
      // Probabilities of 0 would cut the loss off at 85 nats an example.
      const [loss] = await objectiveFromLayersModel(once ?? inner, dataOf(3)).loss(far);
      expect(loss).toBeGreaterThan(85);
      expect(Object.hasOwn(inner.layers[0] ?? {}, 'call')).toBe(false);
    },
  );

  it('takes mean squared errors and losses of the caller’s', async () => {
    const model = denseModel(2, 'linear');
    const theta = await readTrainableWeights(model);
    const targets = Float32Array.from({length: 2 * COUNT}, (_, i) => Math.sin(i));
    const scores = referenceScores(theta, 2).flat();
    const mean = scores.reduce((sum, score, i) => sum + (score - (targets[i] ?? 0)) ** 2, 0) / scores.length;
    const squared = objectiveFromLayersModel(
      model,
      {inputs: xs, labels: targets},
      {loss: 'meanSquaredError', examples: 4},
    );
    expect((await squared.loss(theta))[0]).toBeCloseTo(mean, 5);
    expect(squared.predictions).toBeUndefined();
    const own = objectiveFromLayersModel(
      model,
      {inputs: xs, labels: targets},
      {
        loss: (outputs, values) => tf.mul(-1, tf.sum(tf.square(tf.sub(outputs, values)), 1)),
      },
    );
    // Negative: a limit must not stop it early.
    expect((await own.loss(theta, {limit: -1e9}))[0]).toBeCloseTo(-2 * mean, 5);
    const [gradient, other] = [await squared.gradient?.(theta), await own.gradient?.(theta)];
    gradient?.forEach((value, i) => expect(other?.[i]).toBeCloseTo(-2 * value, 5));
  });

  it('uses moving statistics and no dropout', async () => {
    const {layers: layer} = layers;
    const model = layers.sequential({
      layers: [
        layer.batchNormalization({inputShape: [3], epsilon: 0}),
        layer.dropout({rate: 0.9}),
        layer.dense({units: 1, kernelInitializer: 'ones'}),
      ],
    });
    const norm = model.layers[0];
    tf.tidy(() =>
      norm?.setWeights(
        [
          [1, 1, 1],
          [0, 0, 0],
          [1, 2, 3],
          [4, 4, 4],
        ].map((row) => tf.tensor1d(row)),
      ),
    );
    const theta = await readTrainableWeights(model);
    const objective = objectiveFromLayersModel(
      model,
      {inputs: Float32Array.of(3, 6, 9), labels: [5]},
      {loss: 'meanSquaredError'},
    );
    // ((3 − 1) + (6 − 2) + (9 − 3)) / 2 = 6, one more than 5.
    expect((await objective.loss(theta))[0]).toBeCloseTo(1, 5);
  });

  it('leaves weights and tensors as they were, also when an evaluation throws or is aborted', async () => {
    const model = denseModel(3, 'softmax');
    const theta = await readTrainableWeights(model);
    const moved = theta.map((value) => 2 * value);
    const objective = objectiveFromLayersModel(model, dataOf(3), {examples: 4});
    let calls = 0;
    const failing = objectiveFromLayersModel(model, dataOf(3), {
      examples: 4,
      loss: (outputs) => {
        if ((calls += 1) % 2 === 0) throw new Error('second thoughts');
        return tf.mean(outputs, 1);
      },
    });
    const before = tf.memory().numTensors;
    await objective.loss(concat(moved, theta), {limit: 0.1});
    await objective.gradient?.(moved);
    await objective.predictions?.(moved);
    await expect(failing.loss(concat(moved, moved))).rejects.toThrow('second thoughts');
    await expect(failing.gradient?.(moved)).rejects.toThrow('second thoughts');
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(objective.loss(moved, {signal: controller.signal})).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
    expect(await readTrainableWeights(model)).toEqual(theta);
    expect(model.trainableWeights.some((weight) => Object.hasOwn(weight, 'read'))).toBe(false);
    // The softmax is back.
    const outputs = tf.tidy(() =>
      tf.sum(model.predict(tf.tensor2d(xs, [COUNT, 3])) as tf.Tensor, 1).dataSync(),
    );
    outputs.forEach((sum) => expect(sum).toBeCloseTo(1, 5));
  });

  it('writes a vector into the model', async () => {
    const model = denseModel(3, 'softmax');
    const theta = await readTrainableWeights(model);
    const moved = theta.map((value, i) => value + Math.cos(i));
    const kept = moved.slice();
    const before = tf.memory().numTensors;
    writeTrainableWeights(model, moved);
    moved.fill(0);
    expect(await readTrainableWeights(model)).toEqual(kept);
    expect(() => writeTrainableWeights(model, kept.subarray(1))).toThrow('expected 38 parameters');
    expect(() => writeTrainableWeights(model, kept.with(2, Number.NaN))).toThrow('got NaN at 2');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('refusals', () => {
  beforeAll(async () => {
    await startBackend({name: 'cpu'});
  });

  it('name what does not fit', async () => {
    const model = denseModel(3, 'softmax');
    const labels = classes(3);
    const attempt =
      (inputs: LayersModelInputs, targets: ArrayLike<number>, options?: LayersModelObjectiveOptions) => () =>
        objectiveFromLayersModel(model, {inputs, labels: targets}, options);
    expect(attempt(new Float32Array(), [])).toThrow('at least one example');
    expect(attempt(xs.subarray(1), labels)).toThrow('expected inputs [n, 3]');
    expect(attempt(tf.zeros([COUNT, 4]), labels)).toThrow(
      'expected inputs [n, 3] of at least one example, got [11, 4]',
    );
    expect(attempt(xs, labels.subarray(2))).toThrow('labels [11] or one-hot rows [11, 3], got 9 numbers');
    expect(attempt(xs, labels.with(4, 3))).toThrow('labels in 0..2, got 3 at example 4');
    expect(attempt(xs, new Float32Array(3 * COUNT).fill(0.5))).toThrow(
      'one-hot rows, got [0.5,0.5,0.5] at example 0',
    );
    expect(attempt(xs, labels, {loss: 'meanSquaredError'})).toThrow('expected targets for 11 outputs [3]');
    const late = objectiveFromLayersModel(model, {
      inputs: xs,
      labels: tf.tensor1d(labels.with(4, 3), 'int32'),
    });
    await expect(late.loss(new Float32Array(38))).rejects.toThrow('got 3 at example 4');
    const objective = objectiveFromLayersModel(model, {inputs: xs, labels});
    await expect(objective.loss(new Float32Array(5))).rejects.toThrow('expected parameters [K, 38], got 5');
    await expect(objective.gradient?.(new Float32Array(76))).rejects.toThrow(
      'expected 38 parameters, got 76',
    );
  });

  it('name models whose outputs are no classes, or whose evaluations leave a trace', () => {
    expect(() => objectiveFromLayersModel(denseModel(3, 'sigmoid'), dataOf(3))).toThrow('got 3 sigmoids');
    const {layers: layer, sequential} = layers;
    const dense = layer.dense({inputShape: [3], units: 2});
    const flat = sequential({layers: [dense, layer.reshape({name: 'end', targetShape: [2]})]});
    expect(() => objectiveFromLayersModel(flat, dataOf(2))).toThrow(
      'expected a last layer with a linear, softmax or sigmoid activation, got no activation of Reshape "end"; say what',
    );
    const hard = sequential({layers: [layer.dense({inputShape: [3], units: 1, activation: 'hardSigmoid'})]});
    expect(() => objectiveFromLayersModel(hard, dataOf(1))).toThrow('got hardSigmoid of Dense');
    expect(() => objectiveFromLayersModel(flat, dataOf(2), {outputs: 'logits'})).not.toThrow();
    const recurrent = sequential({
      layers: [
        layer.gru({
          units: 2,
          stateful: true,
          recurrentInitializer: 'glorotNormal',
          batchInputShape: [1, 3, 1],
        }),
        layer.dense({units: 1}),
      ],
    });
    expect(() => objectiveFromLayersModel(recurrent, dataOf(1))).toThrow('expected a model without state');
  });
});
