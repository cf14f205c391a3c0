import type {Objective} from '@minefield/core';
import {expect, it} from 'vitest';
import {divergenceObjective} from './divergence-objective.ts';

/** Two examples, two classes: log-odds θ₀ and θ₁ of class 1. */
const coin: Objective = {
  dimension: 2,
  preferredBatch: 3,
  loss: () => Promise.resolve(new Float64Array(1).fill(5)),
  predictions: (thetas, {examples = Uint32Array.of(0, 1)} = {}) =>
    Promise.resolve(
      Float32Array.from({length: thetas.length * examples.length}, (_, i) => {
        const [network, row] = [Math.floor(i / (2 * examples.length)), Math.floor(i / 2) % examples.length];
        const logOdds = (thetas[2 * network + (examples[row] ?? 0)] ?? 0) * (i % 2 === 0 ? -1 : 1);
        return -Math.log1p(Math.exp(-logOdds));
      }),
    ),
};
const p = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
const kl = (a: number, b: number): number => p(a) * Math.log(p(a) / p(b)) + p(-a) * Math.log(p(-a) / p(-b));

it('is the mean divergence from the anchor’s predictions: 0 there, whatever the loss', async () => {
  const anchor = Float32Array.of(0.5, -1);
  const divergence = await divergenceObjective(coin, anchor);
  const losses = await divergence.loss(Float32Array.of(...anchor, 1, 2, 0.5, 0));
  expect(losses[0]).toBe(0);
  expect(losses[1]).toBeCloseTo((kl(0.5, 1) + kl(-1, 2)) / 2, 6);
  expect(losses[2]).toBeCloseTo(kl(-1, 0) / 2, 6);
  expect(divergence).toMatchObject({dimension: 2, preferredBatch: 3});
});

it('averages over the examples that a call names, counted from those of the objective', async () => {
  const anchor = Float32Array.of(0.5, -1);
  const thetas = Float32Array.of(1, 2, 0.5, 0);
  const whole = await divergenceObjective(coin, anchor);
  const onSecond = await whole.loss(thetas, {examples: Uint32Array.of(1)});
  [kl(-1, 2), kl(-1, 0)].forEach((expected, k) => expect(onSecond[k]).toBeCloseTo(expected, 6));
  const onThree = await whole.loss(thetas, {examples: Uint32Array.of(1, 0, 1)});
  expect(onThree[0]).toBeCloseTo((2 * kl(-1, 2) + kl(0.5, 1)) / 3, 6);
  const part = await divergenceObjective(coin, anchor, {examples: Uint32Array.of(1)});
  expect(await part.loss(thetas)).toEqual(onSecond);
  expect(await part.loss(thetas, {examples: Uint32Array.of(0)})).toEqual(onSecond);
});

it('asks for logarithms of probabilities', async () => {
  const logits: Objective = {
    ...coin,
    predictions: ([x = 0]) => Promise.resolve(Float32Array.of(x, -x, 2 * x, x)),
  };
  await expect(divergenceObjective(logits, Float32Array.of(0.1, 0))).rejects.toThrow(
    /sum to 1 for each example, got 1\.105\d* at example 0/,
  );
  await expect(divergenceObjective(logits, Float32Array.of(-0.4, 0))).rejects.toThrow(
    /that sum to no such count/,
  );
});

it('stays finite where a class of the anchor has probability 0, and needs predictions', async () => {
  const sure = await divergenceObjective(coin, Float32Array.of(2000, -1));
  expect((await sure.loss(Float32Array.of(2, -1)))[0]).toBeCloseTo(Math.log1p(Math.exp(-2)) / 2, 6);
  const {predictions: _, ...mute} = coin;
  await expect(divergenceObjective(mute, Float32Array.of(0, 0))).rejects.toThrow(/with predictions/);
});
