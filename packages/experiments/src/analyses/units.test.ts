import {beforeAll, expect, it} from 'vitest';
import {type TrainedNetwork, model, spec, trainNetwork} from '../../test/trained-network.ts';

let network: TrainedNetwork;

beforeAll(async () => {
  network = await trainNetwork();
});

it('moves nothing relative where a layer is rescaled, and raw volumes by the determinant', async () => {
  const {trained, layer, neurons, balanced} = await network.measure('units');
  const {factor = Number.NaN, radii} = spec.analyses.units ?? {};
  const kernels = model.layout.slices.filter(({role}) => role === 'kernel');
  const weights = kernels.reduce((sum, {size}) => sum + size, 0);
  // Each radius is known to its tolerance.
  const resolved = weights * (radii?.tolerance ?? 0);
  const volume = (of: typeof trained) => of.cutoffs[0]?.stableLogVolume;
  expect(Math.abs((volume(layer)?.relative ?? 0) - (volume(trained)?.relative ?? 1e9))).toBeLessThan(
    resolved,
  );
  expect(layer.largestEigenvalue.relative / trained.largestEigenvalue.relative).toBeCloseTo(1, 1);
  // The second of two hidden layers, and the one after it.
  const determinant = ((kernels[1]?.size ?? 0) - (kernels[2]?.size ?? 0)) * Math.log(factor);
  const moved = (volume(layer)?.raw ?? 0) - (volume(trained)?.raw ?? 0);
  expect(Math.abs(moved - determinant)).toBeLessThan(resolved);

  for (const of of [layer, neurons, balanced]) expect(of.trainLoss).toBeCloseTo(trained.trainLoss, 4);
  expect(trained.trainLoss).toBeCloseTo(network.trainLoss(network.theta), 5);
  expect(balanced.norm).toBeLessThan(trained.norm);
  expect(layer.norm).toBeGreaterThan(trained.norm);
  const basin = await network.measure('basin');
  const same = basin.cutoffs[0]?.radii.slice(0, 4).map((radius) => radius ?? 100) ?? [];
  const mean = same.reduce((sum, radius) => sum + radius, 0) / 4;
  expect((trained.cutoffs[0]?.meanRadius ?? 0) / mean).toBeCloseTo(1, 3);
});
