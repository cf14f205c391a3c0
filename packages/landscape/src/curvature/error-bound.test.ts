import {createGenerator} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {diagonal} from '../../test/diagonal-operator.ts';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {extremeEigenvalues, largestEigenvalue, leadingEigenpairs} from './extreme-eigenvalues.ts';
import {hessianOperator} from './hessian-operator.ts';

/** A sharp minimum's: few large eigenvalues, and a dense band about 0 that dips below it. */
const minimum = [10, 4, 2, ...Array.from({length: 300}, (_, i) => -0.0015 + (0.006 * i) / 299)];

function distanceTo(spectrum: readonly number[], value: number): number {
  return spectrum.reduce((least, member) => Math.min(least, Math.abs(member - value)), Infinity);
}

describe('a search that has converged', () => {
  it('knows the smaller end to the tolerance too, however much larger the other is', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const options = {generator: createGenerator(seed), maximumSteps: 200};
      const {largest, smallest, converged} = await extremeEigenvalues(diagonal(minimum), options);
      expect(converged).toBe(true);
      expect(Math.abs(smallest.value / -0.0015 - 1)).toBeLessThan(1e-4);
      expect(smallest.errorBound).toBeLessThanOrEqual(1e-4 * 0.0015);
      expect(Math.abs(largest.value / 10 - 1)).toBeLessThan(1e-8);
    }
  });

  it('has not, where the steps did not suffice, and bounds the error that is left', async () => {
    const options = {generator: createGenerator(1), maximumSteps: 12};
    const {largest, smallest, converged} = await extremeEigenvalues(diagonal(minimum), options);
    expect(converged).toBe(false);
    const error = Math.abs(smallest.value + 0.0015);
    expect(error).toBeGreaterThan(0.05 * 0.0015);
    expect(smallest.errorBound).toBeGreaterThan(distanceTo(minimum, smallest.value));
    expect(largest.errorBound).toBeLessThan(1e-6);
  });

  it('knows the positive end where the negative one is larger', async () => {
    const spectrum = minimum.map((value) => -value);
    const found = await largestEigenvalue(diagonal(spectrum), {
      generator: createGenerator(2),
      maximumSteps: 200,
    });
    expect(found.converged).toBe(true);
    expect(Math.abs(found.value / 0.0015 - 1)).toBeLessThan(1e-4);
  });

  it('takes a value for 0 below what float32 products resolve, instead of searching for ever', async () => {
    const bowl = quadraticBowl([1e-9, 1, 2, 3, 1000]);
    const operator = await hessianOperator(bowl, new Float32Array(5).fill(1), {
      generator: createGenerator(1),
    });
    const found = await extremeEigenvalues(operator, {generator: createGenerator(1)});
    expect(found.converged).toBe(true);
    expect(Math.abs(found.smallest.value)).toBeLessThan(1e-4);
  });
});

describe('errorBound', () => {
  it('bounds the distance to an eigenvalue at every step, and the error of both ends once converged', async () => {
    let converged = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const draw = createGenerator(seed, 'spectrum');
      // Values of either sign over four decades, some of them close together.
      const spectrum = Array.from({length: 60}, () => draw.normal() * 10 ** (4 * draw.uniform() - 3));
      const operator = diagonal(spectrum);
      const [low, high] = [Math.min(...spectrum), Math.max(...spectrum)];
      for (const maximumSteps of [2, 5, 10, 15, 25, 40]) {
        const options = {generator: createGenerator(seed), maximumSteps};
        const found = await extremeEigenvalues(operator, options);
        const rounding = 1e-12 * Math.max(-low, high);
        for (const {value, residual, errorBound} of [found.largest, found.smallest]) {
          expect(errorBound).toBeLessThanOrEqual(residual * Math.abs(value) * (1 + 1e-9) + rounding);
          expect(distanceTo(spectrum, value)).toBeLessThanOrEqual(residual * Math.abs(value) + rounding);
        }
        if (!found.converged) continue;
        converged += 1;
        expect(Math.abs(found.largest.value - high)).toBeLessThanOrEqual(found.largest.errorBound + rounding);
        expect(Math.abs(found.smallest.value - low)).toBeLessThanOrEqual(
          found.smallest.errorBound + rounding,
        );
        expect(Math.abs(found.largest.value / high - 1)).toBeLessThan(1e-4);
        expect(Math.abs(found.smallest.value / low - 1)).toBeLessThan(1e-4);
      }
    }
    expect(converged).toBeGreaterThan(20);
  });

  it('holds for the leading pairs between others as well', async () => {
    const spectrum = [9, 8.9, 8.8, 5, ...Array.from({length: 100}, (_, i) => i / 40)];
    const {pairs, converged} = await leadingEigenpairs(diagonal(spectrum), 3, {
      generator: createGenerator(3),
    });
    expect(converged).toBe(true);
    pairs.forEach(({value, errorBound}, k) => {
      expect(Math.abs(value - (spectrum[k] ?? 0))).toBeLessThanOrEqual(errorBound + 1e-12);
      expect(errorBound).toBeLessThan(1e-4 * value);
    });
  });
});
