import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {initialize} from './initialize.ts';
import {mlp} from './mlp.ts';
import {balanceNeurons, rescaleNeurons} from './rescale-neurons.ts';

const model = mlp({inputs: 2, hidden: [7, 5, 4], outputs: 1});
const generator = createGenerator(5, 'rescaling');
const theta = initialize(model.layout, 'kaiming-normal', {generator}).map(
  (value) => value + 0.1 * generator.normal(),
);
const inputs = Float32Array.from({length: 40}, () => 3 * generator.normal());
const widths = [7, 5, 4];

function logitsOf(parameters: Float32Array): Float32Array {
  return tf.tidy(
    () =>
      model
        .logits(tf.tensor2d(parameters, [1, parameters.length]), tf.tensor2d(inputs, [20, 2]))
        .dataSync() as Float32Array,
  );
}

const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));

/** What comes into each unit of a hidden layer, and what goes out of it, by the definition. */
function sidesOf(parameters: Float32Array, layer: number): {into: number; out: number}[] {
  const [kernel, bias, next] = model.layout.slices.slice(2 * layer, 2 * layer + 3);
  const width = widths[layer] ?? 0;
  const following = next?.shape[1] ?? 0;
  return Array.from({length: width}, (_, unit) => ({
    into: norm([
      ...Array.from(
        {length: kernel?.shape[0] ?? 0},
        (_row, i) => parameters[(kernel?.offset ?? 0) + i * width + unit] ?? 0,
      ),
      parameters[(bias?.offset ?? 0) + unit] ?? 0,
    ]),
    out: norm(
      Array.from(
        {length: following},
        (_column, j) => parameters[(next?.offset ?? 0) + unit * following + j] ?? 0,
      ),
    ),
  }));
}

beforeAll(() => startBackend({name: 'wasm', deterministic: true}));

describe('rescaleNeurons', () => {
  it('changes weights and no logits', () => {
    const factors = widths.map((width) =>
      Float64Array.from({length: width}, () => Math.exp(2 * generator.normal())),
    );
    const rescaled = rescaleNeurons(model, theta, factors);
    const before = logitsOf(theta);
    logitsOf(rescaled).forEach((logit, i) => expect(logit).toBeCloseTo(before[i] ?? Number.NaN, 4));
    expect(norm(rescaled.map((value, i) => value - (theta[i] ?? 0)))).toBeGreaterThan(1);
    for (const [layer, ofLayer] of factors.entries()) {
      const [was, is] = [sidesOf(theta, layer), sidesOf(rescaled, layer)];
      // The first layer's inputs are rescaled by nothing else.
      if (layer === 0)
        ofLayer.forEach((c, unit) =>
          expect((is[unit]?.into ?? 0) / (was[unit]?.into ?? 1)).toBeCloseTo(c, 4),
        );
    }
  });

  it('leaves a network as it is where all factors are 1', () => {
    expect(
      rescaleNeurons(
        model,
        theta,
        widths.map((width) => new Float64Array(width).fill(1)),
      ),
    ).toEqual(theta);
  });

  it('changes no logits of leaky ReLUs without biases', () => {
    const leaky = mlp({inputs: 2, hidden: [6], outputs: 3, activation: 'leaky-relu', bias: false});
    const weights = initialize(leaky.layout, 'kaiming-normal', {generator});
    const of = (parameters: Float32Array): Float32Array =>
      tf.tidy(
        () =>
          leaky
            .logits(tf.tensor2d(parameters, [1, parameters.length]), tf.tensor2d(inputs, [20, 2]))
            .dataSync() as Float32Array,
      );
    const before = of(weights);
    of(rescaleNeurons(leaky, weights, [Float64Array.of(1, 2, 3, 4, 5, 6)])).forEach((logit, i) =>
      expect(logit).toBeCloseTo(before[i] ?? Number.NaN, 4),
    );
  });

  it.each([
    ['no layer', []],
    [
      'a unit too few',
      [new Float64Array(6).fill(1), new Float64Array(5).fill(1), new Float64Array(4).fill(1)],
    ],
    ['a factor of 0', [new Float64Array(7), new Float64Array(5).fill(1), new Float64Array(4).fill(1)]],
  ])('refuses factors of %s', (_, factors) => {
    expect(() => rescaleNeurons(model, theta, factors)).toThrow(
      /expected factors above 0 for hidden layers of 7, 5, 4 units/,
    );
  });

  it('refuses functions that change with scale', () => {
    const smooth = mlp({inputs: 2, hidden: [3], outputs: 1, activation: 'tanh'});
    const weights = new Float32Array(smooth.layout.dimension);
    expect(() => rescaleNeurons(smooth, weights, [[1, 1, 1]])).toThrow(
      /expected a perceptron with ReLUs, leaky or not, got mlp 2-3-1 tanh/,
    );
  });
});

describe('balanceNeurons', () => {
  it('makes what comes into each unit as long as what goes out, and changes no logits', () => {
    const balanced = balanceNeurons(model, theta);
    for (const layer of widths.keys())
      for (const {into, out} of sidesOf(balanced, layer)) expect(into / out).toBeCloseTo(1, 5);
    const before = logitsOf(theta);
    logitsOf(balanced).forEach((logit, i) => expect(logit).toBeCloseTo(before[i] ?? Number.NaN, 4));
  });

  it('finds the one of the smallest norm, from wherever it begins', () => {
    const balanced = balanceNeurons(model, theta);
    const factors = widths.map((width) =>
      Float64Array.from({length: width}, () => Math.exp(generator.normal())),
    );
    const again = balanceNeurons(model, rescaleNeurons(model, theta, factors));
    again.forEach((value, i) => expect(value).toBeCloseTo(balanced[i] ?? Number.NaN, 4));
    for (let attempt = 0; attempt < 20; attempt++) {
      const near = widths.map((width) =>
        Float64Array.from({length: width}, () => Math.exp(0.1 * generator.normal())),
      );
      expect(norm(rescaleNeurons(model, balanced, near))).toBeGreaterThan(norm(balanced));
    }
  });

  it('leaves a unit alone that leads nowhere', () => {
    const dead = theta.slice();
    const next = model.layout.slices[2];
    dead.fill(0, next?.offset, (next?.offset ?? 0) + 5);
    const balanced = balanceNeurons(model, dead);
    expect(balanced.every(Number.isFinite)).toBe(true);
    expect(sidesOf(balanced, 0)[0]).toEqual(sidesOf(dead, 0)[0]);
  });
});
