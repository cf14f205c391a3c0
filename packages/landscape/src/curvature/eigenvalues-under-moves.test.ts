import {createGenerator, type Objective} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {diagonal} from '../../test/diagonal-operator.ts';
import {logSpacedSpectrum, quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {rawCoordinates} from '../directions/coordinates.ts';
import {extremesUnderMoves, largestUnderMoves} from './eigenvalues-under-moves.ts';
import {extremeEigenvalues, largestEigenvalue} from './extreme-eigenvalues.ts';
import {hessianOperator, type HessianOperator} from './hessian-operator.ts';

const generator = createGenerator(5);
/** One step of float32 below 1. */
const STEP = 2 ** -24;

/**
 * ½ |θ|² + ½ c z² of z = θ_i − θ_j for each crease, with one c where z > 0 and another where not: what one ReLU of two inputs
 * makes. The eigenvalues are 1 and 1 + 2c.
 */
function creased(
  count: number,
  creases: readonly {
    readonly i: number;
    readonly j: number;
    readonly above: number;
    readonly below: number;
  }[],
): Objective & Required<Pick<Objective, 'gradient' | 'hessianVector'>> {
  const sloping = (theta: Float32Array, vector: Float32Array): Float32Array => {
    const product = vector.slice();
    for (const {i, j, above, below} of creases) {
      const z = (theta[i] ?? 0) - (theta[j] ?? 0);
      const along = (z > 0 ? above : below) * ((vector[i] ?? 0) - (vector[j] ?? 0));
      product[i] = (product[i] ?? 0) + along;
      product[j] = (product[j] ?? 0) - along;
    }
    return product;
  };
  return {
    dimension: count,
    loss: () => Promise.resolve(new Float64Array(1)),
    gradient: (theta) => Promise.resolve(sloping(theta, theta)),
    hessianVector: (theta, vector) => Promise.resolve(sloping(theta, vector)),
  };
}

/** Products of the objective's own at a point, checked where the loss has no crease. */
async function operatorAt(objective: Objective, theta: Float32Array): Promise<HessianOperator> {
  const aside = Float32Array.from(theta, (_, i) => 1 + i);
  return (await hessianOperator(objective, aside, {generator})).at(theta);
}

describe('the largest eigenvalue under small moves', () => {
  it('is that of either side of a crease that the point lies next to, in float32’s last digit', async () => {
    const objective = creased(6, [{i: 0, j: 1, above: 50, below: 5}]);
    const theta = new Float32Array(6).fill(1);
    const operator = await operatorAt(objective, theta.with(1, 1 - STEP));
    const own = await largestEigenvalue(operator, {generator});
    expect(own.value).toBeCloseTo(101, 3);
    const found = await largestUnderMoves(operator, theta.with(1, 1 - STEP), own, {generator});
    expect(found).toMatchObject({own: own.value, moves: 8, size: 1e-6, converged: true});
    expect([found.low, found.high]).toEqual([expect.closeTo(11, 3), expect.closeTo(101, 3)]);
    expect(found.values).toHaveLength(8);
    for (const value of found.values)
      expect(Math.min(Math.abs(value - 11), Math.abs(value - 101))).toBeLessThan(1e-3);
    const rising = found.values.toSorted();
    expect(found.median).toBe(((rising[3] ?? 0) + (rising[4] ?? 0)) / 2);
  });

  it('does not spread where the loss is smooth, nor next to a crease that is farther than the moves', async () => {
    const bowl = quadraticBowl(logSpacedSpectrum(20, -1, 1));
    const theta = new Float32Array(20).fill(1);
    const operator = await hessianOperator(bowl, theta, {generator});
    const own = await largestEigenvalue(operator, {generator, tolerance: 1e-6});
    const smooth = await largestUnderMoves(operator, theta, own, {generator, tolerance: 1e-6});
    expect((smooth.high - smooth.low) / own.value).toBeLessThan(1e-6);
    expect(Math.abs(smooth.median / own.value - 1)).toBeLessThan(1e-6);

    const objective = creased(6, [{i: 0, j: 1, above: 50, below: 5}]);
    const beside = new Float32Array(6).fill(1).with(1, 1 - 1e-4);
    const aside = await operatorAt(objective, beside);
    const there = await largestEigenvalue(aside, {generator});
    const far = await largestUnderMoves(aside, beside, there, {generator});
    expect([far.low, far.high]).toEqual([expect.closeTo(101, 3), expect.closeTo(101, 3)]);
    // With moves that reach it, it counts.
    const wide = await largestUnderMoves(aside, beside, there, {generator, size: 1e-3, moves: 12});
    expect([wide.low, wide.high]).toEqual([expect.closeTo(11, 3), expect.closeTo(101, 3)]);
  });

  it('is found where it is largest on the other side only, across the vector that the search begins near', async () => {
    const objective = creased(8, [
      {i: 0, j: 1, above: 15, below: 15},
      {i: 4, j: 5, above: 0, below: 50},
    ]);
    const theta = new Float32Array(8).fill(1).with(5, 1 - STEP);
    const operator = await operatorAt(objective, theta);
    const own = await largestEigenvalue(operator, {generator});
    expect(own.value).toBeCloseTo(31, 3);
    expect(own.vector[4]).toBeCloseTo(0, 5);
    const found = await largestUnderMoves(operator, theta, own, {generator});
    expect([found.low, found.high]).toEqual([expect.closeTo(31, 3), expect.closeTo(101, 3)]);
  });

  it('moves every parameter by exactly its size, the same way for the same generator', async () => {
    const points: Float32Array[] = [];
    const spectrum = [1, 2, 3, 4, 5];
    const operator: HessianOperator = {
      parameters: 5,
      coordinates: rawCoordinates(5),
      method: 'exact',
      selfCheck: 0,
      step: null,
      apply: (vector) => Promise.resolve(Float64Array.from(spectrum, (h, i) => h * (vector[i] ?? 0))),
      at(theta) {
        points.push(theta);
        return operator;
      },
      withStep: () => operator,
    };
    const theta = Float32Array.of(1e-3, -7, 0, 123, 0.3);
    const own = await largestEigenvalue(operator, {generator});
    const progress: number[] = [];
    const options = {generator, moves: 5, size: 1e-5};
    const first = await largestUnderMoves(operator, theta, own, {
      ...options,
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(progress).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    for (const point of points) {
      theta.forEach((value, i) => {
        const share = value === 0 ? 1 : Math.abs((point[i] ?? 0) / value - 1) / 1e-5;
        // As near as float32 has numbers.
        expect(Math.abs(share - 1)).toBeLessThan(0.01);
      });
      expect(point[2]).toBe(0);
    }
    expect(new Set(points.map(String)).size).toBe(5);
    expect(await largestUnderMoves(operator, theta, own, options)).toEqual(first);
    expect(points.slice(5)).toEqual(points.slice(0, 5));
  });

  it('has not converged where a single search has not', async () => {
    const spread = diagonal(logSpacedSpectrum(20, -1, 1));
    // Known after one step.
    const flat = diagonal(new Float64Array(20).fill(1));
    const own = await largestEigenvalue(spread, {generator});
    for (const hard of [[], [1], [8]]) {
      let move = 0;
      const operator = {...spread, at: () => (hard.includes(++move) ? spread : flat)};
      const options = {generator, maximumSteps: 2};
      const {converged} = await largestUnderMoves(operator, new Float32Array(20).fill(1), own, options);
      expect(converged).toBe(hard.length === 0);
    }
  });

  it('refuses a point of another length, and moves that are none', async () => {
    const bowl = quadraticBowl([1, 2, 3]);
    const theta = Float32Array.of(1, 1, 1);
    const operator = await hessianOperator(bowl, theta, {generator});
    const own = await largestEigenvalue(operator, {generator});
    const attempt = (options: object, point = theta) =>
      largestUnderMoves(operator, point, own, {generator, ...options});
    await expect(attempt({}, new Float32Array(2))).rejects.toThrow(/a point of 3 numbers, got 2/);
    await expect(attempt({moves: 0})).rejects.toThrow(/moves >= 1, got 0/);
    await expect(attempt({size: 0})).rejects.toThrow(/size in \(0, 1\), got 0/);
    await expect(attempt({size: 2})).rejects.toThrow(/size in \(0, 1\), got 2/);
  });
});

describe('both ends of the spectrum under small moves', () => {
  it('spread each for itself', async () => {
    const objective = creased(6, [
      {i: 0, j: 1, above: 50, below: 5},
      {i: 3, j: 4, above: -2, below: -2},
    ]);
    const theta = new Float32Array(6).fill(1).with(1, 1 - STEP);
    const operator = await operatorAt(objective, theta);
    const own = await extremeEigenvalues(operator, {generator});
    const {largest, smallest, steps, moves} = await extremesUnderMoves(operator, theta, own, {generator});
    expect([largest.own, largest.low, largest.high]).toEqual(
      [101, 11, 101].map((value) => expect.closeTo(value, 3)),
    );
    expect([smallest.own, smallest.low, smallest.high]).toEqual(
      [-3, -3, -3].map((value) => expect.closeTo(value, 3)),
    );
    expect(steps).toBeLessThanOrEqual(6 * moves);
  });

  it('are those of one eigenvalue where there is no other', async () => {
    const operator = await hessianOperator(quadraticBowl([2, 2, 2]), new Float32Array(3).fill(1), {
      generator,
    });
    const own = await extremeEigenvalues(operator, {generator});
    const {largest, smallest} = await extremesUnderMoves(operator, new Float32Array(3).fill(1), own, {
      generator,
    });
    expect(largest.median).toBeCloseTo(2, 6);
    expect(smallest.median).toBeCloseTo(2, 6);
  });
});
