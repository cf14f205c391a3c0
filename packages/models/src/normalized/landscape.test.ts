/** What `@minefield/landscape` measures of a network with batch normalization, once its statistics are fixed. */
import {startBackend} from '@minefield/backend/node';
import {createGenerator, type Objective} from '@minefield/core';
import {
  basinRadii,
  deepFoolMargins,
  filterNormalizedDirection,
  hessianOperator,
  relativeCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import {beforeAll, expect, it} from 'vitest';
import {classifierFromModel} from '../classifier-from-model.ts';
import {initialize} from '../initialize.ts';
import {objectiveFromModel} from '../objective-from-model.ts';
import {convNet} from './conv-net.ts';
import {estimateStatistics} from './estimate-statistics.ts';

const model = convNet({inputShape: [8, 8, 1], widths: [4, 6], strides: [1, 2], classes: 3});
const images = new Float32Array(9 * 64);
createGenerator(1, 'images').fillNormalInto(images);
const data = {inputs: images, labels: Uint8Array.from({length: 9}, (_, i) => i % 3)};
const kernels = model.layout.slices.filter(({role}) => role === 'kernel');

let theta: Float32Array;
let statistics: Float32Array;
let objective: Objective;

beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
  theta = initialize(model.layout, 'kaiming-normal', {generator: createGenerator(2)});
  statistics = await estimateStatistics(model, theta, images);
  objective = objectiveFromModel(model.frozen(statistics), data);
  for (let step = 0; step < 150; step++) {
    const gradient = await objective.gradient?.(theta);
    theta = theta.map((value, i) => value - 0.1 * (gradient?.[i] ?? Number.NaN));
  }
});

const isStill = (direction: Float32Array): boolean =>
  direction.every(
    (value, i) => (value === 0) !== kernels.some(({offset, size}) => i >= offset && i < offset + size),
  );

it('moves every weight of a filter-normalized direction, and neither batch-norm parameters nor biases', () => {
  const direction = filterNormalizedDirection(theta, model.layout, {generator: createGenerator(3)});
  expect(isStill(direction)).toBe(true);
  // The second filter of the first convolution is as long as the network's own.
  const lengthOf = (vector: Float32Array): number =>
    Math.hypot(...Array.from({length: 9}, (_, i) => vector[4 * i + 1] ?? Number.NaN));
  expect(lengthOf(direction) / lengthOf(theta)).toBeCloseTo(1, 5);
});

it('finds radii at which the loss crosses its cutoff, whatever the chunks of examples', async () => {
  const rays = sphericalRays(relativeCoordinates(theta, model.layout), {generator: createGenerator(4)});
  expect(rays.dimension).toBe(kernels.reduce((sum, {size}) => sum + size, 0));
  const options = {cutoffs: [{kind: 'excess', value: 0.5}], maximum: 100, directions: 6} as const;
  const found = await basinRadii(objective, theta, rays, options);
  const inChunks = objectiveFromModel(model.frozen(statistics), data, {examples: 2, networks: 3});
  expect(await basinRadii(inChunks, theta, rays, options)).toEqual(found);
  expect(found.anchorLoss).toBeLessThan(0.2);
  const {radii, threshold, censored} = found.cutoffs[0] ?? {radii: [], threshold: Number.NaN, censored: -1};
  expect([radii.length, censored]).toEqual([6, 0]);
  const ray = new Float32Array(theta.length);
  for (const [i, radius] of radii.entries()) {
    rays.fillInto(ray, i);
    expect(isStill(ray)).toBe(true);
    const [inside, outside] = await Promise.all(
      [0.999, 1.001].map((factor) =>
        objective.loss(theta.map((value, j) => value + factor * radius * (ray[j] ?? 0))),
      ),
    );
    expect(inside?.[0]).toBeLessThan(threshold);
    expect(outside?.[0]).toBeGreaterThan(threshold);
  }
});

it('has products with the Hessian that differences on single images confirm, and that are symmetric', async () => {
  const hessian = await hessianOperator(objective, theta, {
    generator: createGenerator(5),
    coordinates: relativeCoordinates(theta, model.layout),
    checkOn: Array.from({length: 9}, (_, i) => Uint32Array.of(i)),
  });
  expect(hessian.method).toBe('exact');
  expect(hessian.selfCheck).toBeLessThan(0.002);
  const [v, w] = [6, 7].map((seed) =>
    filterNormalizedDirection(theta, model.layout, {generator: createGenerator(seed)}),
  );
  if (v === undefined || w === undefined) throw new Error('no directions');
  const [hv, hw] = [await hessian.apply(v), await hessian.apply(w)];
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const size = Math.sqrt(dot(hv, hv) * dot(w, w));
  expect(Math.abs(dot(w, hv) - dot(v, hw)) / size).toBeLessThan(1e-5);
});

it('finds the way from each image to another class', async () => {
  const classifier = classifierFromModel(model.frozen(statistics), theta);
  const {distances, nearest, predicted} = await deepFoolMargins(classifier, images);
  const logits = await classifier.logits(nearest);
  for (const [i, distance] of distances.entries()) {
    const way = nearest.slice(i * 64, (i + 1) * 64).map((value, j) => value - (images[i * 64 + j] ?? 0));
    expect(Math.hypot(...way) / distance).toBeCloseTo(1, 4);
    const own = logits[3 * i + (predicted[i] ?? 0)] ?? Number.NaN;
    expect(Math.max(...logits.slice(3 * i, 3 * i + 3))).toBeGreaterThan(own);
    // Beyond the boundary, and hardly.
    expect(Math.max(...logits.slice(3 * i, 3 * i + 3)) - own).toBeLessThan(0.01);
  }
});
