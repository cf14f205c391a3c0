import {createGenerator} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {diagonal} from '../../test/diagonal-operator.ts';
import {logSpacedSpectrum, quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {reflected} from '../analytic/reflected.ts';
import {coordinatesFromScale} from '../directions/coordinates.ts';
import {dot, norm} from '../directions/vectors.ts';
import {extremeEigenvalues, largestEigenvalue, leadingEigenpairs} from './extreme-eigenvalues.ts';
import {hessianOperator, type HessianOperator} from './hessian-operator.ts';
import {randomProbe} from './random-probes.ts';
import {lanczos, ritz, type LanczosState} from './lanczos.ts';

/** What is left of a vector beside a unit vector. */
function without(vector: ArrayLike<number>, unit: Float64Array): Float64Array {
  const along = dot(vector, unit);
  return unit.map((value, i) => (vector[i] ?? 0) - along * value);
}

async function lastState(
  operator: HessianOperator,
  start: Float64Array,
  steps: number,
): Promise<LanczosState> {
  for await (const state of lanczos(operator, start)) {
    if (state.diagonal.length >= steps || state.offDiagonal.at(-1) === 0) return state;
  }
  throw new Error('no state');
}

describe('lanczos', () => {
  it('with as many steps as distinct eigenvalues is exact, and then stops', async () => {
    const distinct = [-3, 0.5, 2, 40, 1000];
    const spectrum = Array.from({length: 200}, (_, i) => distinct[i % 5] ?? 0);
    const start = Float64Array.from({length: 200}, (_, i) => 1 + Math.sin(i * i));
    const state = await lastState(diagonal(spectrum), start, 50);
    expect(state.diagonal).toHaveLength(5);
    const {values, vectors} = ritz(state);
    distinct.forEach((value, k) => {
      expect(Math.abs((values[k] ?? 0) / value - 1)).toBeLessThan(1e-5);
      // The share of the start vector in each eigenspace.
      let share = 0;
      spectrum.forEach((member, i) => (share += member === value ? (start[i] ?? 0) ** 2 : 0));
      expect((vectors[k] ?? 0) ** 2).toBeCloseTo(share / dot(start, start), 8);
    });
  });

  it('keeps its basis orthonormal over many steps, where plain Lanczos grows ghosts', async () => {
    const state = await lastState(
      diagonal(logSpacedSpectrum(300, -4, 4)),
      new Float64Array(300).fill(1),
      120,
    );
    state.basis.forEach((a, i) => {
      state.basis.slice(0, i).forEach((b) => expect(Math.abs(dot(a, b))).toBeLessThan(1e-12));
      expect(norm(a)).toBeCloseTo(1, 12);
    });
    const {values} = ritz(state);
    // One copy only of the largest eigenvalue.
    expect(values.filter((value) => value > 9999)).toHaveLength(1);
  });

  it('refuses a zero start and products that are not finite', async () => {
    await expect(lastState(diagonal([1, 2]), new Float64Array(2), 2)).rejects.toThrow(/not 0/);
    await expect(lastState(diagonal([1, Number.NaN]), new Float64Array(2).fill(1), 2)).rejects.toThrow(
      /finite products/,
    );
  });
});

describe('extremeEigenvalues', () => {
  it('finds both ends with their signs, the larger magnitude being negative', async () => {
    const spectrum = Array.from({length: 400}, (_, i) => -50 + 55 * (i / 399));
    const found = await extremeEigenvalues(diagonal(spectrum), {generator: createGenerator(1)});
    expect(found.converged).toBe(true);
    expect(found.largest.value).toBeCloseTo(5, 3);
    expect(found.smallest.value).toBeCloseTo(-50, 3);
    expect(found.largest.residual).toBeLessThan(2e-3);
    expect(found.smallest.residual).toBeLessThan(2e-4);
    expect(Math.abs(found.smallest.vector[0] ?? 0)).toBeCloseTo(1, 3);
  });

  it('does not stop because the value stops moving: an eigenvalue the start vector hardly contains is found', async () => {
    // 60 eigenvalues up to 1, and 1.05 along v, of which the start vector's square has a share of 1e-10: from step
    // 22 to 25 the value moves by less than 1e-4 about 1.
    const rest = diagonal(Array.from({length: 600}, (_, i) => 1 - (i % 60) / 60));
    const start = randomProbe(rest.coordinates, createGenerator(2));
    const across = without(new Float64Array(600).fill(0).with(0, 1), start);
    const v = across.map(
      (value, i) => (Math.sqrt(1 - 1e-10) * value) / norm(across) + 1e-5 * (start[i] ?? 0),
    );
    const operator: HessianOperator = {
      ...rest,
      apply: async (vector) => {
        const within = without(await rest.apply(without(vector, v)), v);
        return within.map((value, i) => value + 1.05 * dot(vector, v) * (v[i] ?? 0));
      },
    };
    const found = await largestEigenvalue(operator, {generator: createGenerator(2)});
    expect(found.value).toBeCloseTo(1.05, 6);
    expect(found.converged).toBe(true);
  });

  it('agrees with the known spectrum of a rotated bowl through float32 products', async () => {
    const bowl = reflected(
      quadraticBowl(logSpacedSpectrum(60, -2, 2)),
      Array.from({length: 60}, (_, i) => Math.cos(3 * i)),
    );
    const theta = new Float32Array(60).fill(0.3);
    const operator = await hessianOperator(bowl, theta, {generator: createGenerator(3)});
    const found = await extremeEigenvalues(operator, {generator: createGenerator(4), tolerance: 1e-6});
    expect(found.largest.value).toBeCloseTo(100, 3);
    expect(found.smallest.value).toBeCloseTo(0.01, 3);
  });

  it('works in scaled coordinates and leaves out what does not move', async () => {
    const coordinates = coordinatesFromScale(Float64Array.of(2, 1, 0, 0.5));
    const bowl = quadraticBowl([1, 3, 1000, 10]);
    const operator = await hessianOperator(bowl, new Float32Array(4).fill(1), {
      generator: createGenerator(1),
      coordinates,
    });
    const found = await extremeEigenvalues(operator, {generator: createGenerator(2)});
    expect(found.largest.value).toBeCloseTo(4, 5);
    expect(found.smallest.value).toBeCloseTo(2.5, 5);
    expect(found.steps).toBe(3);
    expect(found.largest.vector[2]).toBe(0);
  });

  it('refuses products that are no numbers, whichever entry, and a count or tolerance that is none', async () => {
    const generator = createGenerator(1);
    const rest = diagonal([10, 3, 2, 1]);
    for (const spoilt of [Number.NaN, Infinity]) {
      const operator = {
        ...rest,
        apply: async (vector: ArrayLike<number>) => (await rest.apply(vector)).with(2, spoilt),
      };
      for (const search of [extremeEigenvalues, largestEigenvalue]) {
        await expect(search(operator, {generator})).rejects.toThrow(/finite products, got .* at parameter 2/);
      }
      await expect(leadingEigenpairs(operator, 2, {generator})).rejects.toThrow(/finite products/);
    }
    // A count of NaN gave one pair, after one step: 3.78 or so instead of 10.
    await expect(leadingEigenpairs(rest, Number.NaN, {generator})).rejects.toThrow(/a count >= 1, got NaN/);
    expect((await leadingEigenpairs(rest, 1, {generator})).pairs[0]?.value).toBeCloseTo(10, 6);
    await expect(largestEigenvalue(rest, {generator, tolerance: Number.NaN})).rejects.toThrow(
      /tolerance >= 0, got NaN/,
    );
  });

  it('says when it has not converged, and reports a flat Hessian as flat', async () => {
    const hard = diagonal(logSpacedSpectrum(1000, 0, 0.001));
    expect(
      (await extremeEigenvalues(hard, {generator: createGenerator(1), maximumSteps: 3, tolerance: 1e-8}))
        .converged,
    ).toBe(false);
    const flat = await extremeEigenvalues(diagonal([0, 0, 0]), {generator: createGenerator(1)});
    expect(flat).toMatchObject({steps: 1, converged: true, largest: {value: 0, residual: 0, errorBound: 0}});
    await expect(extremeEigenvalues(hard, {generator: createGenerator(1), maximumSteps: 0})).rejects.toThrow(
      RangeError,
    );
  });
});
