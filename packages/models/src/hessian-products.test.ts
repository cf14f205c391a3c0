import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {initialize} from './initialize.ts';
import {mlp} from './mlp.ts';
import type {Model} from './model.ts';
import {objectiveFromModel} from './objective-from-model.ts';

const cases = fc.record({
  inputs: fc.integer({min: 1, max: 9}),
  hidden: fc.array(fc.integer({min: 1, max: 19}), {maxLength: 4}),
  // Sums go on in blocks of 256 and 512 examples.
  count: fc.oneof(fc.integer({min: 1, max: 70}), fc.integer({min: 255, max: 700})),
  seed: fc.nat(),
});

/** Gradient and product by the kernels, and by TensorFlow.js's own derivatives. */
async function twoWays({
  inputs,
  hidden,
  count,
  seed,
}: typeof cases extends fc.Arbitrary<infer T> ? T : never) {
  const model = mlp({inputs, hidden, outputs: 1});
  const {logisticGradient: _, logisticHessian: __, ...composed} = model;
  const generator = createGenerator(seed);
  const normal = (length: number): Float32Array => {
    const values = new Float32Array(length);
    generator.fillNormalInto(values);
    return values;
  };
  const data = {inputs: normal(inputs * count), labels: normal(count).map((value) => (value > 0 ? 1 : 0))};
  const theta = initialize(model.layout, 'fan-in-uniform', {generator}).map((value) => 3 * value);
  const vector = normal(theta.length);
  const derivatives = async (which: Model) => {
    const objective = objectiveFromModel(which, data);
    const [gradient, product] = [objective.gradient?.(theta), objective.hessianVector?.(theta, vector)];
    return {gradient: await gradient, product: await product};
  };
  return {fused: await derivatives(model), composed: await derivatives(composed)};
}

it.each([true, false])(
  'has the bits of TensorFlow.js’s own derivatives by kernels of our own, with deterministic: %s',
  async (deterministic) => {
    await startBackend({name: 'wasm', deterministic});
    await fc.assert(
      fc.asyncProperty(cases, async (shape) => {
        const {fused, composed} = await twoWays(shape);
        expect(fused.product).toHaveLength(composed.product?.length ?? 0);
        expect(fused).toEqual(composed);
      }),
      {numRuns: process.env['MINEFIELD_FULL'] === '1' ? 2000 : 40, seed: 1},
    );
  },
);
