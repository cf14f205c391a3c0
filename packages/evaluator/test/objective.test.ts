import {createGenerator} from '@minefield/core';
import {
  basinRadii,
  extremeEigenvalues,
  hessianOperator,
  quadraticBowl,
  rawCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {objectiveFromProcess, type ProcessObjective} from '../src/index.ts';

const DIMENSION = 6;
let objective: ProcessObjective;
const curvatures = Float32Array.from({length: DIMENSION}, (_, i) => i + 1);
const generator = createGenerator(1);

const open = (dimension = DIMENSION, batch = 4): Promise<ProcessObjective> =>
  objectiveFromProcess([
    process.execPath,
    join(import.meta.dirname, 'fixtures/bowl.mjs'),
    String(dimension),
    String(batch),
  ]);

beforeAll(async () => {
  objective = await open();
});
afterAll(() => objective.close());

it('gives radii of a quadratic bowl as the closed form has them, its rays sent once', async () => {
  const rays = sphericalRays(rawCoordinates(DIMENSION), {generator});
  const options = {cutoffs: [{kind: 'loss', value: 0.5}], directions: 30, maximum: 100} as const;
  const centre = new Float32Array(DIMENSION);
  const {cutoffs} = await basinRadii(objective, centre, rays, options);
  const ray = new Float32Array(DIMENSION);
  expect(cutoffs[0]?.radii).toHaveLength(30);
  cutoffs[0]?.radii.forEach((radius, index) => {
    rays.fillInto(ray, index);
    const exact = Math.sqrt(1 / ray.reduce((sum, x, i) => sum + (curvatures[i] ?? 0) * x * x, 0));
    expect(Math.abs(radius / exact - 1)).toBeLessThan(0.02);
  });
  // The same search with points made here: the same radii, up to the rounding of float32 points.
  const {lossAlong: _, ...pointwise} = objective;
  const other = await basinRadii(pointwise, centre, rays, options);
  cutoffs[0]?.radii.forEach((radius, i) => {
    expect(Math.abs(radius / (other.cutoffs[0]?.radii[i] ?? 0) - 1)).toBeLessThan(1e-5);
  });
});

it('gives products, and with them both ends of the spectrum', async () => {
  const operator = await hessianOperator(objective, objective.anchor, {generator});
  expect(operator.method).toBe('exact');
  const {largest, smallest} = await extremeEigenvalues(operator, {generator});
  expect(largest.value).toBeCloseTo(DIMENSION, 4);
  expect(smallest.value).toBeCloseTo(1, 4);
});

it('sends at most as many points at once as the evaluator wants, and keeps their order', async () => {
  const bowl = quadraticBowl(curvatures);
  const thetas = new Float32Array(11 * DIMENSION);
  generator.fillNormalInto(thetas);
  const expected = await bowl.loss(thetas);
  (await objective.loss(thetas)).forEach((loss, k) => expect(loss).toBeCloseTo(expected[k] ?? 0, 5));
  expect(Array.from(await objective.loss(new Float32Array()))).toEqual([]);
});

it('answers requests that are made at once, each with its own', async () => {
  const points = Array.from({length: 20}, (_, k) => new Float32Array(DIMENSION).fill(k));
  const slopes = await Promise.all(points.map((point) => objective.gradient?.(point)));
  slopes.forEach((slope, k) => expect(slope?.[1]).toBe(2 * k));
});

it('takes a batch that no pipe holds, and a million parameters', async () => {
  await using large = await open(1_000_000, 8);
  const thetas = new Float32Array(8_000_000).fill(1e-3);
  const losses = await large.loss(thetas);
  for (const loss of losses)
    expect(Math.abs(loss / ((1e-6 * 1_000_000 * 1_000_001) / 4) - 1)).toBeLessThan(1e-4);
});

it('has the methods that the evaluator offers, and refuses what it did not ask for', async () => {
  expect(objective).not.toHaveProperty('predictions');
  expect(objective).not.toHaveProperty('layout');
  await expect(objective.loss(new Float32Array(7))).rejects.toThrow(/points of 6 parameters, got 7 numbers/);
  await expect(objective.gradient?.(new Float32Array(7))).rejects.toThrow(/a point of 6 numbers, got 7/);
  await expect(
    objective.lossAlong?.(objective.anchor, objective.anchor, new Float64Array(2)),
  ).rejects.toThrow(/1 distances, got 2/);
  await expect(objective.loss(objective.anchor, {examples: Uint32Array.of(1)})).rejects.toThrow(
    /an evaluation over all examples, got 1 of them; this evaluator takes none/,
  );
});

it('refuses options and commands that mean nothing', async () => {
  await expect(objectiveFromProcess([])).rejects.toThrow(/a program and its arguments in an array, got \[\]/);
  await expect(objectiveFromProcess(['node'], {timeout: 3} as never)).rejects.toThrow(
    /did you mean "timeoutMs"/,
  );
  await expect(objectiveFromProcess(['node'], {timeoutMs: 0})).rejects.toThrow(/timeoutMs from 1 to/);
  await expect(objectiveFromProcess(['node'], {restarts: -1})).rejects.toThrow(
    /a number of restarts from 0, got -1/,
  );
});
