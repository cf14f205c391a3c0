import {createGenerator, logUnitBallVolume} from '@minefield/core';
import {
  hessianDiagonal,
  hessianOperator,
  preconditionerFrom,
  principalDirections,
  relativeCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import {encodeCheckpoint, nearestKinks, objectiveFromModel} from '@minefield/models';
import {train} from '@minefield/training';
import {beforeAll, describe, expect, it} from 'vitest';
import {type TrainedNetwork, data, model, seed, spec, trainNetwork} from '../../test/trained-network.ts';
import {singleExamples} from '../measurements/single-examples.ts';
import {networkTask} from './train-runs.ts';

let network: TrainedNetwork;

beforeAll(async () => {
  network = await trainNetwork();
});

describe('preconditioned', () => {
  it("follows from first crossings along rays that the Hessian's diagonal stretches", async () => {
    const found = await network.measure('preconditioned');
    const {theta} = network;
    const coordinates = relativeCoordinates(theta, model.layout);
    const operator = await hessianOperator(objectiveFromModel(model, data.train), theta, {
      generator: createGenerator(seed, 'preconditioned', 'probe'),
      coordinates,
      checkOn: singleExamples(data.train.labels.length, seed),
    });
    const {diagonal} = await hessianDiagonal(operator, {
      generator: createGenerator(seed, 'preconditioned', 'diagonal'),
      samples: 4,
    });
    const stretch = preconditionerFrom(diagonal, coordinates);
    const rays = sphericalRays(coordinates, {
      generator: createGenerator(seed, 'preconditioned', 'rays'),
      preconditioner: stretch,
    });
    const ray = new Float32Array(theta.length);
    const [cutoff] = found.cutoffs;
    expect(cutoff).toMatchObject({kind: 'loss', value: 1, threshold: 1, applicable: true, censored: 0});
    const logs = Array.from({length: 5}, (_, index) => {
      rays.fillInto(ray, index);
      return Math.log(firstCrossing((t) => network.trainLoss(network.along([t, ray])), 1));
    });
    const n = found.dimension;
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    // A radius is known to one part in a thousand, and n of it make the volume.
    expect(
      Math.abs((cutoff?.relative?.stableLogVolume ?? 0) - (n * mean + logUnitBallVolume(n))),
    ).toBeLessThan(1e-3 * n);
    expect(cutoff?.convergence?.directions).toEqual([1, 2, 4, 5]);
    expect(cutoff?.convergence?.logVolume.at(-1)).toBe(cutoff?.relative?.logVolume);
    expect(
      Math.abs((cutoff?.convergence?.logVolume[0] ?? 0) - (n * (logs[0] ?? 0) + logUnitBallVolume(n))),
    ).toBeLessThan(1e-3 * n);
    expect((cutoff?.raw?.logVolume ?? 0) - (cutoff?.relative?.logVolume ?? 0)).toBeCloseTo(
      found.logDeterminant,
      6,
    );
  });
});

describe('spectrum', () => {
  it('agrees with the whole matrix: extremes, traces, layers and the mean of the density', async () => {
    const found = await network.measure('spectrum');
    const {scale} = relativeCoordinates(network.theta, model.layout);
    const columns = await network.hessian();
    const diagonal = columns.map((column, i) => (column[i] ?? 0) * (scale[i] ?? 0) ** 2);
    const trace = diagonal.reduce((sum, value) => sum + value, 0);
    for (const method of ['hutchinson', 'hutchPlusPlus'] as const) {
      const {trace: estimate, standardError} = found.trace[method];
      expect(Math.abs(estimate - trace)).toBeLessThan(3 * (standardError ?? 0) + 1e-4 * Math.abs(trace));
    }
    for (const [k, name] of found.layers.name.entries()) {
      const slice = model.layout.slices.find((candidate) => candidate.name === name);
      expect(slice?.role).toBe('kernel');
      const own = diagonal.slice(slice?.offset, (slice?.offset ?? 0) + (slice?.size ?? 0));
      const error = found.layers.standardError[k] ?? 0;
      expect(Math.abs((found.layers.trace[k] ?? 0) - own.reduce((a, b) => a + b, 0))).toBeLessThan(
        3.5 * error,
      );
    }
    expect(found.layers.name).toHaveLength(3);
    // Rayleigh: no direction bends more than the largest eigenvalue says, none less than the smallest.
    const bound = Math.max(...diagonal.filter((_, i) => scale[i] !== 0));
    expect(found.largest.value).toBeGreaterThanOrEqual(bound * (1 - 1e-4));
    expect(found.smallest.value).toBeLessThanOrEqual(
      Math.min(...diagonal.filter((_, i) => scale[i] !== 0)) + 1e-4 * bound,
    );
    expect(found.converged).toBe(true);
    const {nodes, weights} = found.density;
    expect(nodes).toEqual(nodes.toSorted((a, b) => a - b));
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
    const mean = nodes.reduce((sum, node, i) => sum + node * (weights[i] ?? 0), 0);
    expect(Math.abs(mean * found.dimension - trace)).toBeLessThan(
      4 * (found.trace.hutchinson.standardError ?? 0),
    );
    expect(found.dimension).toBe(scale.filter((value) => value !== 0).length);
  });
});

describe('curvature', () => {
  it('says how near the minimum lies to a kink, and what the eigenvalue is next to it', async () => {
    const found = await network.measure('curvature');
    const [kink] = (await nearestKinks(model, network.theta, data.train.inputs)) ?? [];
    expect(found.kink).toEqual({...kink, distance: Number(kink?.distance.toPrecision(7))});
    const {relative, raw, moves, size} = found.underMoves ?? {};
    expect({moves, size}).toEqual({moves: 8, size: 1e-6});
    for (const [spread, value] of [
      [relative, found.largestEigenvalue.relative],
      [raw, found.largestEigenvalue.raw],
    ] as const) {
      // This network lies far from its kinks, as far as one millionth goes.
      expect(spread?.low).toBeLessThanOrEqual(spread?.median ?? 0);
      expect(spread?.median).toBeLessThanOrEqual(spread?.high ?? 0);
      expect((spread?.median ?? 0) / value).toBeCloseTo(1, 2);
    }
    expect(found.errorBound?.relative).toBeLessThan(1e-3 * found.largestEigenvalue.relative);
  });
});

describe('llc', () => {
  it('is n/ln n times the rise of the mean loss, and its traces are what it is the mean of', async () => {
    const found = await network.measure('llc');
    const n = data.train.labels.length;
    expect(found.inverseTemperature).toBeCloseTo(n / Math.log(n), 12);
    expect(found.anchorLoss).toBeCloseTo(network.trainLoss(network.theta), 5);
    expect(found.chains).toHaveLength(2);
    const means = found.chains.map(({coefficient, trace, acceptance}) => {
      expect(acceptance).toBeNull();
      expect(trace).toHaveLength(4);
      const mean = trace.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0) / 4;
      expect(mean).toBeCloseTo(coefficient ?? Number.NaN, 5);
      return mean;
    });
    expect(found.learningCoefficient).toBeCloseTo(((means[0] ?? 0) + (means[1] ?? 0)) / 2, 5);
  });
});

describe('trajectory', () => {
  it('shows the loss over the plane in which the way from the first weights to the checkpoint lies', async () => {
    const found = await network.measure('trajectory');
    const task = networkTask({seed, poisonFactor: 0.8, spec}, model, data);
    const way = [task.initial];
    await train(model, [task], spec.recipe, {onEvaluation: ({thetas: [theta]}) => theta && way.push(theta)});
    const {directions, explainedVariance} = principalDirections(way, network.theta);
    expect(found.path.step).toEqual([0, 100, 200, 300]);
    expect([found.path.x.at(-1), found.path.y.at(-1)]).toEqual([0, 0]);
    expect(found.explainedVariance).toEqual(explainedVariance);
    const [first, second] = directions;
    if (first === undefined || second === undefined) throw new Error('two directions');
    const start = way[0]?.reduce(
      (sum, value, i) => sum + (value - (network.theta[i] ?? 0)) * (first[i] ?? 0),
      0,
    );
    expect(found.path.x[0]).toBeCloseTo(start ?? 0, 4);
    for (const [column, row] of [
      [0, 0],
      [2, 1],
      [3, 3],
    ] as const) {
      const expected = network.trainLoss(
        network.along([found.xs[column] ?? 0, first], [found.ys[row] ?? 0, second]),
      );
      expect((found.trainLoss[row * 4 + column] ?? 0) / expected).toBeCloseTo(1, 3);
    }
    expect(Math.min(...found.xs)).toBeLessThan(Math.min(...found.path.x));
    expect(Math.max(...found.ys)).toBeGreaterThan(Math.max(...found.path.y));
  });
});

describe('connectivity', () => {
  it('goes straight, and around what stands in the way', async () => {
    const found = await network.measure('connectivity');
    const {theta, other} = network;
    expect(found).toMatchObject({otherPoisonFactor: 0, otherCheckpoint: 'b'.repeat(64), steps: 200});
    expect(found.positions).toEqual([0, 0.25, 0.5, 0.75, 1]);
    const losses = found.positions.map((t) =>
      network.trainLoss(theta.map((value, i) => (1 - t) * value + t * (other.theta[i] ?? 0))),
    );
    for (const [i, loss] of losses.entries()) expect(found.line.trainLoss[i]).toBeCloseTo(loss, 4);
    for (const path of [found.line, found.bend]) {
      expect(path.trainLoss[0]).toBeCloseTo(losses[0] ?? 0, 4);
      expect(path.trainLoss.at(-1)).toBeCloseTo(losses.at(-1) ?? 0, 4);
      expect(path.testAccuracy[0]).toBe(network.accuracy(data.test));
      expect(path.trainAccuracy.at(-1)).toBe(network.accuracy(data.train, other.theta));
    }
    const [start = 0, end = 0] = [losses.at(0), losses.at(-1)];
    const rises = losses.map((loss, i) => loss - start - ((end - start) * i) / 4);
    expect(found.line.barrier).toBeCloseTo(Math.max(0, ...rises), 4);
    expect(found.bend.barrier).toBeLessThan(found.line.barrier ?? 0);
  });
});

describe('matched', () => {
  it('compares the network with the one without poison where the losses are the same', async () => {
    const {poisoned, natural, stopped, scaled} = await network.measure('matched');
    const {theta, other} = network;
    const loss = network.trainLoss(theta);
    expect(poisoned.trainLoss).toBeCloseTo(loss, 5);
    expect(poisoned.testAccuracy).toBe(network.accuracy(data.test));
    const [basin, curvature] = [await network.measure('basin'), await network.measure('curvature')];
    // The same four rays, and the same search for the eigenvalue.
    const radii = basin.cutoffs[0]?.radii.slice(0, 4) ?? [];
    const mean = radii.reduce<number>((sum, radius) => sum + (radius ?? 100), 0) / 4;
    expect((poisoned.cutoffs[0]?.meanRadius ?? 0) / mean).toBeCloseTo(1, 3);
    expect(poisoned.largestEigenvalue).toBe(curvature.largestEigenvalue.relative);

    expect(natural.trainLoss).toBeCloseTo(network.trainLoss(other.theta), 5);
    expect(natural.trainLoss).toBeLessThan(loss);
    expect(natural.testAccuracy).toBe(network.accuracy(data.test, other.theta));

    const last = model.layout.slices.at(-2);
    const factor = scaled?.factor ?? 1;
    const smaller = other.theta.map((value, i) => (i < (last?.offset ?? 0) ? value : factor * value));
    expect(factor).toBeLessThan(1);
    expect(network.trainLoss(smaller)).toBeCloseTo(loss, 4);
    expect(scaled?.network.trainLoss).toBeCloseTo(loss, 4);
    expect(scaled?.network.trainAccuracy).toBe(natural.trainAccuracy);

    const way: Float32Array[] = [];
    const task = networkTask({seed, poisonFactor: 0, spec}, model, data);
    const recipe = {...spec.recipe, evaluateEvery: 10};
    await train(model, [task], recipe, {onEvaluation: ({thetas: [at]}) => at && way.push(at)});
    const losses = way.map((at) => network.trainLoss(at));
    const first = losses.findIndex((at) => at <= loss);
    expect(stopped?.step).toBe(10 * (first + 1));
    expect(stopped?.network.trainLoss).toBeCloseTo(losses[first] ?? 0, 5);
  });

  it('scales no network to more than the loss without logits', async () => {
    const {offset = 0} = model.layout.slices.at(-2) ?? {};
    // Sure of the wrong answers.
    const wrong = network.theta.map((value, i) => (i < offset ? value : -value));
    expect(network.trainLoss(wrong)).toBeGreaterThan(Math.LN2);
    const {scaled} = await network.measure('matched', encodeCheckpoint(wrong, model.layout));
    expect(scaled).toBeNull();
  });
});

/** By small steps and halving, in float64. */
function firstCrossing(loss: (t: number) => number, threshold: number): number {
  let low = 0;
  while (loss(low + 0.02) < threshold) low += 0.02;
  let high = low + 0.02;
  while (high - low > 1e-5) {
    const middle = (low + high) / 2;
    if (loss(middle) < threshold) low = middle;
    else high = middle;
  }
  return low;
}
