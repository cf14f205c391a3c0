import {createGenerator, logUnitBallVolume} from '@minefield/core';
import {filterNormalizedDirection, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import type {LabeledExamples} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {
  type TrainedNetwork,
  data,
  model,
  points,
  seed,
  spec,
  trainNetwork,
} from '../../test/trained-network.ts';
import {executeTask} from '../execute/execute-task.ts';
import {expandSpec} from '../jobs/expand.ts';
import type {AnalysisName} from '@minefield/spec';
import {portable} from '../testing/portable.ts';

let network: TrainedNetwork;
let theta: Float32Array;
let final: TrainedNetwork['final'];
const measure: TrainedNetwork['measure'] = (name) => network.measure(name);
const logit = (x: number, y: number): number => network.logit(x, y);
const trainLoss = (parameters: ArrayLike<number>): number => network.trainLoss(parameters);
const accuracy = (set: LabeledExamples, parameters?: ArrayLike<number>): number =>
  network.accuracy(set, parameters);
const along: TrainedNetwork['along'] = (...steps) => network.along(...steps);

beforeAll(async () => {
  network = await trainNetwork();
  ({theta, final} = network);
});

describe('training', () => {
  it('records metrics that the checkpoint has in float64', () => {
    expect(final.trainLoss).toBeCloseTo(trainLoss(theta), 5);
    expect(final.trainAccuracy).toBe(accuracy(data.train));
    expect(final.testAccuracy).toBe(accuracy(data.test));
    expect(data.fresh?.labels).toHaveLength(final.freshPoints);
    expect(final.freshAccuracy).toBe(accuracy(data.fresh ?? data.test));
  });

  it('gives a network the same bits alone as in company', async () => {
    const two = expandSpec({...spec, poisonFactors: [0, 0.8], seeds: [3, seed]}, portable);
    const results = await executeTask(
      {kind: 'train', jobs: two.filter((job) => job.kind === 'run')},
      network.workshop,
    );
    const same = results.find(({record}) => record.seed === seed && record.poisonFactor === 0.8);
    expect(same?.kind === 'run' && same.checkpoint).toEqual(network.checkpoint);
  });
});

describe('analyses', () => {
  it('leave no tensor behind', async () => {
    const before = tf.memory().numTensors;
    for (const name of Object.keys(spec.analyses) as AnalysisName[]) await measure(name);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('boundary: log-odds on the grid, rows of rising y, and the points that the network gets wrong', async () => {
    const {extent, size, logits, train} = await measure('boundary');
    expect(extent).toEqual([-20, 20, -20, 20]);
    for (const [row, column] of [
      [0, 0],
      [2, 5],
      [7, 3],
    ] as const) {
      const [x, y] = [-20 + (40 * column) / 7, -20 + (40 * row) / 7];
      // Four digits are kept of what is a colour.
      expect((logits[row * size + column] ?? 0) / logit(x, y)).toBeCloseTo(1, 3);
    }
    expect(train.correct.filter(Boolean).length / train.correct.length).toBe(final.trainAccuracy);
  });

  it('line: loss, accuracies and curvature along a filter-normalized direction', async () => {
    const line = await measure('line');
    const direction = filterNormalizedDirection(theta, model.layout, {
      generator: createGenerator(seed, 'line'),
    });
    expect(line.distances).toEqual([-1, -0.5, 0, 0.5, 1]);
    for (const [i, t] of line.distances.entries()) {
      const there = along([t, direction]);
      expect(line.trainLoss[i]).toBeCloseTo(trainLoss(there), 4);
      expect(line.trainAccuracy[i]).toBe(accuracy(data.train, there));
      // A piecewise smooth loss: second differences at a step small enough to cross no kink, in float64.
      const h = 1e-6;
      const [a, b, c] = [t - h, t, t + h].map((s) => trainLoss(along([s, direction])));
      const curvature = ((a ?? 0) - 2 * (b ?? 0) + (c ?? 0)) / (h * h);
      expect(Math.abs((line.curvature[i] ?? 0) - curvature)).toBeLessThan(0.02 * Math.abs(curvature) + 1e-3);
    }
  });

  it('surface: loss at θ + x·d₁ + y·d₂, rows of y', async () => {
    const {fitted, ...window} = await measure('surface');
    const [first, second] = ['x', 'y'].map((axis) =>
      filterNormalizedDirection(theta, model.layout, {generator: createGenerator(seed, 'surface', axis)}),
    );
    if (first === undefined || second === undefined) throw new Error('two directions');
    expect(window.xs).toEqual([-1, -0.5, 0, 0.5, 1]);
    for (const {xs, ys, trainLoss: losses} of [window, ...(fitted ? [fitted] : [])]) {
      expect(losses).toHaveLength(25);
      for (const [column, row] of [
        [2, 2],
        [0, 1],
        [4, 3],
      ] as const) {
        const expected = trainLoss(along([xs[column] ?? 0, first], [ys[row] ?? 0, second]));
        expect(losses[row * 5 + column]).toBeCloseTo(expected, 3);
      }
    }
    // The second window is twice as wide as the basin: all around, the geometric mean of where the loss first reaches 1.
    const logs = Array.from({length: 32}, (_, i) => {
      const [x, y] = [Math.cos((Math.PI * i) / 16), Math.sin((Math.PI * i) / 16)];
      let t = 0;
      while (trainLoss(along([t * x, first], [t * y, second])) < 1) t += 1e-3;
      return Math.log(t - 5e-4);
    });
    const radius = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
    expect((fitted?.radius ?? 0) / radius).toBeCloseTo(1, 2);
    expect(fitted?.xs.at(-1)).toBeCloseTo(2 * (fitted?.radius ?? 0), 5);
  });

  it('perturbation: the same along several directions, out to twice where the loss has risen by the excess', async () => {
    const {radius, distances, directions, extent, size} = await measure('perturbation');
    expect(distances).toEqual([-2, -1, 0, 1, 2].map((share) => Number((share * radius).toPrecision(7))));
    const logs: number[] = [];
    for (const [index, found] of directions.entries()) {
      const direction = filterNormalizedDirection(theta, model.layout, {
        generator: createGenerator(seed, 'perturbation', index),
      });
      for (const [side, end] of found.radii.entries()) {
        let t = 0;
        while (trainLoss(along([side === 0 ? t : -t, direction])) < trainLoss(theta) + 0.5) t += 1e-3;
        expect((end ?? 0) / t).toBeCloseTo(1, 2);
        logs.push(Math.log(end ?? 0));
      }
      for (const [i, t] of distances.entries()) {
        const there = along([t, direction]);
        expect(found.trainLoss[i]).toBeCloseTo(trainLoss(there), 4);
        expect(found.trainAccuracy[i]).toBe(accuracy(data.train, there));
        expect(found.testAccuracy[i]).toBe(accuracy(data.test, there));
        expect(found.wrong[i]).toEqual(
          points(data.train).flatMap(({x, y, label}, k) =>
            network.logit(x, y, there) > 0 === (label === 1) ? [] : [k],
          ),
        );
        const h = 1e-6;
        const [a = 0, b = 0, c = 0] = [t - h, t, t + h].map((s) => trainLoss(along([s, direction])));
        const curvature = (a - 2 * b + c) / (h * h);
        expect(Math.abs((found.curvature[i] ?? 0) - curvature)).toBeLessThan(
          0.02 * Math.abs(curvature) + 1e-3,
        );
        for (const [row, column] of [
          [0, 0],
          [2, 5],
          [7, 3],
        ] as const) {
          const odds = network.logit(-20 + (40 * column) / 7, -20 + (40 * row) / 7, there);
          const kept = found.logits[i]?.[8 * row + column] ?? Number.NaN;
          expect(Math.abs(kept - Math.max(-8, Math.min(8, odds)))).toBeLessThan(oneDigit(kept));
        }
      }
      expect(found.trainLoss[2]).toBeCloseTo(final.trainLoss, 5);
      expect([found.trainAccuracy[2], found.testAccuracy[2]]).toEqual([
        final.trainAccuracy,
        final.testAccuracy,
      ]);
    }
    expect(Math.log(radius)).toBeCloseTo(logs.reduce((sum, log) => sum + log, 0) / 4, 3);
    // At the minimum itself every direction has what `boundary` records.
    const boundary = await measure('boundary');
    expect({extent, size}).toEqual({extent: boundary.extent, size: boundary.size});
    const shown = boundary.logits.map((odds) => Math.max(-8, Math.min(8, odds)));
    for (const {logits} of directions) {
      for (const [k, odds] of (logits[2] ?? []).entries()) {
        expect(Math.abs(odds - (shown[k] ?? 0))).toBeLessThan(oneDigit(odds));
      }
    }
  });

  it('basin: the loss at each radius is the cutoff, and volumes follow from the radii', async () => {
    const basin = await measure('basin');
    const rays = sphericalRays(relativeCoordinates(theta, model.layout), {
      generator: createGenerator(seed, 'basin'),
    });
    const ray = new Float32Array(theta.length);
    expect(basin.anchorLoss).toBeCloseTo(trainLoss(theta), 5);
    for (const {threshold, radii, meanRadius, relative} of basin.cutoffs) {
      const found = radii.filter((radius) => radius !== null);
      expect(found.length).toBe(8);
      for (const [index, radius] of found.entries()) {
        rays.fillInto(ray, index);
        const [before, after] = [radius * (1 - 2e-3), radius * (1 + 2e-3)].map((r) =>
          trainLoss(along([r, ray])),
        );
        expect(before).toBeLessThan(threshold);
        expect(after).toBeGreaterThan(threshold);
      }
      const meanLog = found.reduce((sum, radius) => sum + Math.log(radius), 0) / found.length;
      expect(meanRadius).toBeCloseTo(found.reduce((sum, radius) => sum + radius, 0) / found.length, 5);
      expect(relative?.stableLogVolume).toBeCloseTo(
        basin.dimension * meanLog + logUnitBallVolume(basin.dimension),
        3,
      );
    }
    for (const [index, losses] of basin.profiles.losses.entries()) {
      rays.fillInto(ray, index);
      expect(losses.at(-1)).toBeCloseTo(trainLoss(along([basin.profiles.distances.at(-1) ?? 0, ray])), 3);
    }
  });

  it('curvature: the largest eigenvalue of the whole matrix, by power iteration', async () => {
    const {largestEigenvalue, method, selfCheck} = await measure('curvature');
    const {scale} = relativeCoordinates(theta, model.layout);
    const columns = await network.hessian();
    const raw = powerIteration(columns, new Float64Array(theta.length).fill(1));
    const relative = powerIteration(columns, scale);
    expect(method).toBe('exact');
    expect(selfCheck).toBeLessThan(0.01);
    expect(largestEigenvalue.raw / raw).toBeCloseTo(1, 2);
    expect(largestEigenvalue.relative / relative).toBeCloseTo(1, 2);
  });

  it('margin: no other class nearer than the distance, and one just beyond it', async () => {
    const {distances, mean} = await measure('margin');
    const around = ({x, y}: {x: number; y: number}, radius: number): Set<boolean> =>
      new Set(
        Array.from({length: 720}, (_, i) => {
          const angle = (i * Math.PI) / 360;
          return logit(x + radius * Math.cos(angle), y + radius * Math.sin(angle)) > 0;
        }),
      );
    const all = points(data.train);
    for (const [i, distance] of distances.entries()) {
      const point = all[i];
      if (point === undefined || distance === null || i % 4 !== 0) continue;
      const own = logit(point.x, point.y) > 0;
      for (const share of [0.3, 0.6, 0.9]) expect([...around(point, share * distance)]).toEqual([own]);
      expect([...around(point, 1.02 * distance)]).toContain(!own);
    }
    const found = distances.filter((distance) => distance !== null);
    expect(mean).toBeCloseTo(found.reduce((sum, distance) => sum + distance, 0) / found.length, 5);
  });
});

/** Half a unit of a number's only digit, and what float32 adds. */
function oneDigit(value: number): number {
  return 0.501 * 10 ** Math.floor(Math.log10(Math.abs(value))) + 1e-6;
}

/** Largest eigenvalue of S H S, in float64. */
function powerIteration(columns: readonly Float32Array[], scale: Float64Array): number {
  const multiply = (v: Float64Array): Float64Array =>
    v.map((_, i) =>
      columns.reduce(
        (sum, column, j) => sum + (scale[i] ?? 0) * (column[i] ?? 0) * (scale[j] ?? 0) * (v[j] ?? 0),
        0,
      ),
    );
  const generator = createGenerator(7);
  let v = Float64Array.from(scale, () => generator.normal());
  let value = 0;
  for (let step = 0; step < 300; step++) {
    const next = multiply(v);
    const length = Math.hypot(...next);
    value = next.reduce((sum, entry, i) => sum + entry * (v[i] ?? 0), 0);
    v = next.map((entry) => entry / length);
  }
  return value;
}
