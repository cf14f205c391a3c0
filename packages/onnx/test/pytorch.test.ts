import {basinRadii} from '@minefield/landscape';
import * as ort from 'onnxruntime-node';
import {describe, expect, it} from 'vitest';
import {onnxObjective} from '../src/onnx-objective.ts';
import type {OnnxLoss} from '../src/objective/loss.ts';
import {fixture, raysOf} from './fixture.ts';

/** What make.py exports, with the loss that is asked for where it is not told by the outputs. */
const networks: readonly {readonly name: string; readonly parameters: number; readonly loss?: OnnxLoss}[] = [
  {name: 'tanh', parameters: 105},
  {name: 'ten-classes', parameters: 332},
  {name: 'regression', parameters: 38, loss: 'meanSquaredError'},
  {name: 'folded', parameters: 333},
  {name: 'normalized', parameters: 349},
  {name: 'lenet', parameters: 926},
  {name: 'transformer', parameters: 763},
  {name: 'tied', parameters: 108},
];

describe.each(networks)('$name, exported by PyTorch', ({name, parameters, loss}) => {
  const {model, directions, distances, ...expected} = fixture(name);
  const objective = (batch?: number) => onnxObjective(ort, model, expected, {loss, batch});

  it(`has ${parameters} parameters, and the loss that PyTorch computes in float64, to 1e-6`, async () => {
    await using found = await objective();
    expect(found.dimension).toBe(parameters);
    const [value] = await found.loss(found.anchor);
    expect(Math.abs((value ?? 0) / expected.loss - 1)).toBeLessThan(1e-6);
  });

  it('has its losses along directions, to 1e-5, in batches of any size', async () => {
    const thetas = directions.flatMap((direction) =>
      distances.map((distance) => model.anchor.map((value, i) => value + distance * (direction[i] ?? 0))),
    );
    const stacked = new Float32Array(thetas.length * model.layout.dimension);
    thetas.forEach((theta, k) => stacked.set(theta, k * theta.length));
    for (const batch of [256, 7]) {
      await using found = await objective(batch);
      const losses = await found.loss(stacked);
      losses.forEach((value, k) => {
        const wanted = expected.losses[k] ?? Number.NaN;
        expect(Math.abs(value / wanted - 1), `point ${k}`).toBeLessThan(1e-5);
      });
    }
  });

  it('has the radii of its basin along them, to 1e-5', async () => {
    await using found = await objective();
    const {cutoffs} = await basinRadii(found, found.anchor, raysOf(directions), {
      cutoffs: [{kind: 'excess', value: 0.25}],
      directions: directions.length,
      maximum: 50,
      // As PyTorch's: the first crossing on a grid of a hundredth, then bisection.
      scan: Array.from({length: 5000}, (_, i) => (i + 1) / 100),
      tolerance: 1e-6,
    });
    const radii = cutoffs[0]?.radii ?? [];
    expected.radii.forEach((radius, i) => {
      expect(Math.abs((radii[i] ?? 0) / radius - 1), `direction ${i}`).toBeLessThan(1e-5);
    });
  });
});
