import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import {createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it, vi} from 'vitest';
import {referenceLogits, referenceLoss, referenceProbabilities} from '../test/reference-mlp.ts';
import {classifierFromModel} from './classifier-from-model.ts';
import {initialize} from './initialize.ts';
import {mlp} from './mlp.ts';
import {objectiveFromModel} from './objective-from-model.ts';

function problem(outputs: number, count = 23) {
  const model = mlp({inputs: 3, hidden: [7, 5], outputs});
  const generator = createGenerator(7, 'problem', outputs);
  const inputs = new Float32Array(3 * count);
  generator.fillNormalInto(inputs);
  const labels = Uint8Array.from({length: count}, () => generator.integer(Math.max(2, outputs)));
  const theta = initialize(model.layout, 'fan-in-uniform', {generator}).map((value) => 2 * value);
  return {model, data: {inputs, labels}, theta, generator};
}

function concat(...rows: readonly Float32Array[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

describe.each(testedBackends)('on %s', (name) => {
  beforeAll(async () => {
    await startBackend({name, deterministic: true});
  });

  describe.each([1, 4])('with %i outputs', (outputs) => {
    const {model, data, theta, generator} = problem(outputs);
    const {dimension} = model.layout;
    const others = [1, 2, 3, 4].map((i) =>
      initialize(model.layout, 'kaiming-uniform', {generator: generator.derive(i)}),
    );
    const thetas = concat(theta, ...others);

    it('gives the mean cross-entropy of each network, however the work is chunked', async () => {
      const expected = [theta, ...others].map((point) =>
        referenceLoss(model.layout, point, data.inputs, data.labels),
      );
      for (const options of [{}, {networks: 2}, {examples: 4}, {networks: 3, examples: 7}]) {
        const losses = await objectiveFromModel(model, data, options).loss(thetas);
        expected.forEach((loss, k) => {
          expect(losses[k]).toBeCloseTo(loss, 5);
        });
      }
    });

    it('averages over the examples asked for', async () => {
      const examples = Uint32Array.of(2, 19, 3, 7);
      const inputs = [...examples].flatMap((i) => [...data.inputs.subarray(3 * i, 3 * i + 3)]);
      const labels = [...examples].map((i) => data.labels[i] ?? 0);
      const [loss] = await objectiveFromModel(model, data).loss(theta, {examples});
      expect(loss).toBeCloseTo(referenceLoss(model.layout, theta, inputs, labels), 5);
    });

    it('stops early only where the loss exceeds the limit', async () => {
      const exact = await objectiveFromModel(model, data).loss(thetas);
      const limit = exact.toSorted((a, b) => a - b)[2] ?? 0;
      const limited = await objectiveFromModel(model, data, {examples: 3}).loss(thetas, {
        limit: limit * 1.0001,
      });
      exact.forEach((loss, k) => {
        if (loss <= limit) expect(limited[k]).toBeCloseTo(loss, 6);
        else expect(limited[k]).toBeGreaterThan(limit);
      });
    });

    it('evaluates along rays as at the points themselves', async () => {
      const objective = objectiveFromModel(model, data);
      const rays = concat(...others);
      const distances = Float64Array.of(0, 0.5, -1.5, 3);
      const points = Float32Array.from(rays, (ray, i) => {
        return (theta[i % dimension] ?? 0) + ray * (distances[Math.floor(i / dimension)] ?? 0);
      });
      const along = await objective.lossAlong?.(theta, rays, distances);
      const direct = await objective.loss(points);
      direct.forEach((loss, k) => {
        // Positions differ in the last bit; losses here reach 100 nats.
        expect((along?.[k] ?? 0) / loss).toBeCloseTo(1, 6);
      });
    });

    it('has the gradient of central differences in float64', async () => {
      const gradient = await objectiveFromModel(model, data, {examples: 5}).gradient?.(theta);
      const lossAt = (i: number, step: number) => {
        const moved = Float64Array.from(theta);
        moved[i] = (moved[i] ?? 0) + step;
        return referenceLoss(model.layout, moved, data.inputs, data.labels);
      };
      for (let i = 0; i < dimension; i++) {
        const expected = (lossAt(i, 1e-6) - lossAt(i, -1e-6)) / 2e-6;
        expect(gradient?.[i]).toBeCloseTo(expected, 5);
      }
    });

    it('predicts the log-probabilities of every class', async () => {
      const classes = Math.max(2, outputs);
      const predictions = await objectiveFromModel(model, data, {networks: 2, examples: 6}).predictions?.(
        thetas,
      );
      for (const [k, point] of [theta, ...others].entries()) {
        for (let i = 0; i < data.labels.length; i++) {
          const expected = referenceProbabilities(
            referenceLogits(model.layout, point, [...data.inputs.subarray(3 * i, 3 * i + 3)]),
          );
          expected.forEach((probability, c) => {
            const index = (k * data.labels.length + i) * classes + c;
            expect(predictions?.[index]).toBeCloseTo(Math.log(probability), 4);
          });
        }
      }
    });

    it('classifies inputs, and differentiates a logit with respect to them', async () => {
      const classifier = classifierFromModel(model, theta, 5);
      const logits = await classifier.logits(data.inputs);
      const index = Uint32Array.from(data.labels, (label) => label % outputs);
      const slopes = await classifier.inputGradient?.(data.inputs, index);
      for (let i = 0; i < data.labels.length; i++) {
        const input = [...data.inputs.subarray(3 * i, 3 * i + 3)];
        const expected = referenceLogits(model.layout, theta, input);
        expected.forEach((logit, c) => {
          expect(logits[i * outputs + c]).toBeCloseTo(logit, 4);
        });
        for (let j = 0; j < 3; j++) {
          const at = (step: number) =>
            referenceLogits(model.layout, theta, input.with(j, (input[j] ?? 0) + step))[index[i] ?? 0] ?? 0;
          expect(slopes?.[3 * i + j]).toBeCloseTo((at(1e-6) - at(-1e-6)) / 2e-6, 4);
        }
      }
    });

    it('leaves no tensor behind', async () => {
      const objective = objectiveFromModel(model, data, {examples: 5});
      const before = tf.memory().numTensors;
      await objective.loss(thetas, {limit: 0.1});
      await objective.gradient?.(theta);
      await objective.hessianVector?.(theta, theta);
      await objective.hessianVectors?.(theta, concat(theta, theta));
      await objective.predictions?.(thetas);
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it.each([
    {outputs: 1, along: true},
    {outputs: 1, along: false},
    {outputs: 4, along: true},
  ])('multiplies by the Hessian as central differences of the gradient do: %o', async ({outputs, along}) => {
    const {model, data, theta, generator} = problem(outputs);
    const {logitsAlong: _by, ...twice} = model;
    const objective = objectiveFromModel(along ? model : twice, data, {examples: 5});
    const vector = new Float32Array(model.layout.dimension);
    generator.fillNormalInto(vector);
    const product = await objective.hessianVector?.(theta, vector);
    const reference = (step: number) => {
      const slope = Float64Array.from(theta, (value, i) => value + step * (vector[i] ?? 0));
      return Array.from(theta, (_, i) => {
        const at = (shift: number) => {
          const moved = slope.with(i, (slope[i] ?? 0) + shift);
          return referenceLoss(model.layout, moved, data.inputs, data.labels);
        };
        return (at(1e-4) - at(-1e-4)) / 2e-4;
      });
    };
    const [forward, backward] = [reference(1e-4), reference(-1e-4)];
    product?.forEach((value, i) => {
      expect(value).toBeCloseTo(((forward[i] ?? 0) - (backward[i] ?? 0)) / 2e-4, 3);
    });
  });

  it('multiplies several vectors in one call as it does each alone, however the work is chunked', async () => {
    const {model, data, theta, generator} = problem(1);
    const vectors = new Float32Array(5 * theta.length);
    generator.fillNormalInto(vectors);
    for (const options of [{}, {examples: 7}]) {
      const objective = objectiveFromModel(model, data, options);
      const together = (await objective.hessianVectors?.(theta, vectors)) ?? new Float32Array();
      expect(together).toHaveLength(vectors.length);
      for (let k = 0; k < 5; k++) {
        const part = (all: Float32Array): Float32Array =>
          all.subarray(k * theta.length, (k + 1) * theta.length);
        expect(part(together)).toEqual(await objective.hessianVector?.(theta, part(vectors)));
      }
    }
  });

  it('offers products of several vectors only where they cost less together', () => {
    const {model, data} = problem(4);
    expect(objectiveFromModel(model, data)).toMatchObject({hessianVector: expect.any(Function) as unknown});
    expect(objectiveFromModel(model, data).hessianVectors).toBeUndefined();
  });

  it('gives a network the same bits alone and among others', async () => {
    const {model, data, theta, generator} = problem(1);
    const other = initialize(model.layout, 'xavier-uniform', {generator});
    const objective = objectiveFromModel(model, data);
    const [alone] = await objective.loss(theta);
    const among = await objective.loss(concat(other, theta, other, theta));
    expect([among[1], among[3]]).toEqual([alone, alone]);
  });
});

it('refuses data that do not fit the model', () => {
  const {model} = problem(4);
  const examples = (labels: number[], size = 3 * labels.length) => ({inputs: new Float32Array(size), labels});
  expect(() => objectiveFromModel(model, examples([]))).toThrow('at least one example');
  expect(() => objectiveFromModel(model, examples([1, 2], 5))).toThrow(
    'expected inputs [2, 3], got 5 numbers',
  );
  expect(() => objectiveFromModel(model, examples([1, 4]))).toThrow(
    'expected labels in 0..3, got 4 at example 1',
  );
});

it('looks at no more examples once every network is above the limit', async () => {
  const {model, data, theta} = problem(1);
  const uploads = vi.spyOn(data.inputs, 'subarray');
  let calls = 0;
  const counting: typeof model = {
    ...model,
    logits: (...args) => {
      calls += 1;
      return model.logits(...args);
    },
  };
  const objective = objectiveFromModel(counting, data, {examples: 2, networks: 1});
  await objective.loss(concat(theta, theta), {limit: 0});
  expect([calls, uploads.mock.calls.length]).toEqual([2, 2]);
});

it('refuses a distance too few or too many', async () => {
  const {model, data, theta} = problem(1);
  const {lossAlong} = objectiveFromModel(model, data);
  for (const count of [1, 3]) {
    await expect(lossAlong?.(theta, concat(theta, theta), new Float64Array(count))).rejects.toThrow(
      `expected a distance for each of 2 rays, got ${count}`,
    );
  }
});

it('refuses parameters of another architecture', async () => {
  const {model, data} = problem(1);
  await expect(objectiveFromModel(model, data).loss(new Float32Array(5))).rejects.toThrow(
    'use a checkpoint of the same architecture',
  );
  expect(() => classifierFromModel(model, new Float32Array(5))).toThrow(/expected \d+ parameters, got 5/);
});
