import {createGenerator, parameterLayout} from '@minefield/core';
import {beforeAll, describe, expect, it} from 'vitest';
import {logSpacedSpectrum, quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {reflected} from '../analytic/reflected.ts';
import {coordinatesFromScale} from '../directions/coordinates.ts';
import {leadingEigenpairs} from './extreme-eigenvalues.ts';
import {hessianDiagonal} from './hessian-diagonal.ts';
import {hessianOperator, type HessianOperator} from './hessian-operator.ts';
import {hutchPlusPlusTrace, hutchinsonTrace, layerTraces} from './hessian-trace.ts';
import {smoothedDensity, spectralQuadrature} from './spectral-density.ts';

const count = 40;
const spectrum = logSpacedSpectrum(count, -1, 1);
const normal = Array.from({length: count}, (_, i) => Math.cos(2 * i) + 0.2);
const bowl = reflected(quadraticBowl(spectrum), normal);
const generator = createGenerator(11);
const trueTrace = spectrum.reduce((sum, value) => sum + value, 0);
let operator: HessianOperator;
let diagonal: Float64Array;

beforeAll(async () => {
  operator = await hessianOperator(bowl, new Float32Array(count), {generator});
  diagonal = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const axis = new Float64Array(count).fill(0).with(i, 1);
    diagonal[i] = (await operator.apply(axis))[i] ?? 0;
  }
});

describe('traces', () => {
  it('by Hutchinson are right within two standard errors, which shrink with the samples', async () => {
    const few = await hutchinsonTrace(operator, {generator, samples: 50});
    const many = await hutchinsonTrace(operator, {generator, samples: 800});
    expect(Math.abs(many.trace - trueTrace)).toBeLessThan(2 * many.standardError);
    expect(few.standardError / many.standardError).toBeGreaterThan(2.7);
    expect(few.standardError / many.standardError).toBeLessThan(5.5);
  });

  it('have honest standard errors: nineteen in twenty runs lie within two', async () => {
    let within = 0;
    for (let run = 0; run < 100; run++) {
      const {trace, standardError} = await hutchinsonTrace(operator, {
        generator: createGenerator(run),
        samples: 30,
      });
      if (Math.abs(trace - trueTrace) < 2 * standardError) within += 1;
    }
    expect(within).toBeGreaterThanOrEqual(88);
  });

  it('take all the samples asked for, however little the running mean moves', async () => {
    // A diagonal Hessian gives the same zᵀHz for every z.
    const plain = await hessianOperator(quadraticBowl(spectrum), new Float32Array(count), {generator});
    let products = 0;
    const counted: HessianOperator = {
      ...plain,
      apply: (vector) => {
        products += 1;
        return plain.apply(vector);
      },
    };
    const estimate = await hutchinsonTrace(counted, {generator, samples: 64});
    expect(products).toBe(64);
    expect(estimate.trace).toBeCloseTo(trueTrace, 4);
    expect(estimate.standardError).toBeLessThan(1e-6);
  });

  it('by Hutch++ are exact for a Hessian of low rank, and better than Hutchinson’s for the same products', async () => {
    const steep = reflected(quadraticBowl(spectrum.map((_, i) => (i < 4 ? 1000 * (i + 1) : 1e-6))), normal);
    const low = await hessianOperator(steep, new Float32Array(count), {generator});
    const found = await hutchPlusPlusTrace(low, {generator, samples: 6});
    expect(found.trace / 10_000).toBeCloseTo(1, 5);
    expect(found.standardError).toBeLessThan(0.1);
    const same = await hutchinsonTrace(low, {generator, samples: 18});
    expect(same.standardError).toBeGreaterThan(10);
    const general = await hutchPlusPlusTrace(operator, {generator, samples: 12});
    expect(Math.abs(general.trace - trueTrace)).toBeLessThan(2 * general.standardError + 1e-3);
  });

  it('by Hutch++ report progress over all three products of a sample', async () => {
    const shares: number[] = [];
    const onProgress = (done: number, total: number): void => void shares.push(done / total);
    await hutchPlusPlusTrace(operator, {generator, samples: 4, onProgress});
    expect(shares).toEqual(Array.from({length: 12}, (_, i) => (i + 1) / 3 / 4));
  });

  it('by layer are those of the diagonal blocks', async () => {
    const layout = parameterLayout([
      {name: 'a', shape: [5, 3], role: 'kernel'},
      {name: 'b', shape: [25], role: 'bias'},
    ]);
    const [a, b] = await layerTraces(operator, layout, {generator, samples: 1500});
    const exact = (first: number, end: number): number =>
      diagonal.subarray(first, end).reduce((sum, value) => sum + value, 0);
    expect([a?.name, b?.name]).toEqual(['a', 'b']);
    expect(Math.abs((a?.trace ?? 0) - exact(0, 15))).toBeLessThan(2 * (a?.standardError ?? 0));
    expect(Math.abs((b?.trace ?? 0) - exact(15, 40))).toBeLessThan(2 * (b?.standardError ?? 0));
    await expect(layerTraces(operator, parameterLayout([]), {generator, samples: 1})).rejects.toThrow(
      /40 parameters, got 0/,
    );
  });

  it('count only parameters that move, in scaled coordinates', async () => {
    const coordinates = coordinatesFromScale(
      Float64Array.from({length: count}, (_, i) => (i % 2 === 0 ? 0 : 2)),
    );
    const scaled = await hessianOperator(quadraticBowl(spectrum), new Float32Array(count), {
      generator,
      coordinates,
    });
    const {trace} = await hutchinsonTrace(scaled, {generator, samples: 2});
    expect(trace).toBeCloseTo(
      spectrum.reduce((sum, value, i) => sum + (i % 2 === 0 ? 0 : 4 * value), 0),
      3,
    );
  });

  it('refuse no samples, and give a single one no error bar', async () => {
    await expect(hutchinsonTrace(operator, {generator, samples: 0})).rejects.toThrow(/samples >= 1, got 0/);
    expect((await hutchinsonTrace(operator, {generator, samples: 1})).standardError).toBe(Infinity);
  });
});

it('estimates the diagonal without bias, each entry with its standard error', async () => {
  const found = await hessianDiagonal(operator, {generator, samples: 2000});
  const scores = found.diagonal.map(
    (value, i) => (value - (diagonal[i] ?? 0)) / (found.standardError[i] ?? 1),
  );
  const squares = scores.reduce((sum, score) => sum + score * score, 0) / count;
  // A mean of 40 squares of standard scores: 1 ± 0.22.
  expect(squares).toBeGreaterThan(0.4);
  expect(squares).toBeLessThan(1.9);
});

describe('spectralQuadrature', () => {
  it('reproduces the moments of the spectrum', async () => {
    const {nodes, weights, dimension} = await spectralQuadrature(operator, {
      generator,
      samples: 400,
      steps: 10,
    });
    const moment = (power: number): number =>
      nodes.reduce((sum, node, k) => sum + (weights[k] ?? 0) * node ** power, 0);
    expect(dimension).toBe(count);
    expect(moment(0)).toBeCloseTo(1, 10);
    for (const power of [1, 2, 3]) {
      const exact = spectrum.reduce((sum, value) => sum + value ** power, 0) / count;
      // 400 probes of 40 dimensions: about 1% of each moment.
      expect(Math.abs(moment(power) / exact - 1)).toBeLessThan(0.03);
    }
  });

  it('gives eigenvalues that occur often the share that they have', async () => {
    const twice = quadraticBowl(Float64Array.from({length: 100}, (_, i) => (i < 25 ? 5 : 1)));
    const clean = await hessianOperator(twice, new Float32Array(100), {generator});
    const {nodes, weights} = await spectralQuadrature(clean, {generator, samples: 3, steps: 20});
    expect(nodes).toHaveLength(6);
    let share = 0;
    nodes.forEach((node, k) => (share += Math.abs(node - 5) < 1e-4 ? (weights[k] ?? 0) : 0));
    expect(share).toBeCloseTo(0.25, 6);
  });

  it('smears to a density that integrates to 1', async () => {
    const quadrature = await spectralQuadrature(operator, {generator, samples: 5, steps: 15});
    const values = Float64Array.from({length: 1601}, (_, i) => -3 + i / 100);
    const density = smoothedDensity(quadrature, values, 0.3);
    expect(density.reduce((sum, value) => sum + value / 100, 0)).toBeCloseTo(1, 6);
    expect(() => smoothedDensity(quadrature, values, 0)).toThrow(/width > 0/);
    await expect(spectralQuadrature(operator, {generator, samples: 1, steps: 0})).rejects.toThrow(
      /steps >= 1/,
    );
  });
});

describe('a product with an entry that is no number', () => {
  it('is refused by every estimate that sums over it', async () => {
    const spoilt: HessianOperator = {
      ...operator,
      apply: async (vector) => (await operator.apply(vector)).with(7, Number.NaN),
    };
    const layout = parameterLayout([{name: 'kernel', shape: [8, 5], role: 'kernel'}]);
    const options = {generator, samples: 2};
    for (const [name, attempt] of Object.entries({
      hutchinsonTrace: () => hutchinsonTrace(spoilt, options),
      hutchPlusPlusTrace: () => hutchPlusPlusTrace(spoilt, options),
      layerTraces: () => layerTraces(spoilt, layout, options),
      hessianDiagonal: () => hessianDiagonal(spoilt, options),
      lanczos: () => spectralQuadrature(spoilt, {...options, steps: 3}),
    })) {
      await expect(attempt()).rejects.toThrow(
        `landscape.${name}: expected finite products, got NaN at parameter 7`,
      );
    }
  });
});

describe('leadingEigenpairs', () => {
  it('gives the largest eigenvalues in falling order, with vectors that are theirs', async () => {
    const {pairs, converged} = await leadingEigenpairs(operator, 3, {generator, tolerance: 1e-6});
    expect(converged).toBe(true);
    pairs.forEach(({value, residual}, k) => {
      expect(value).toBeCloseTo(spectrum[count - 1 - k] ?? 0, 4);
      expect(residual).toBeLessThan(1e-4);
    });
  });

  it('gives all there are when more are asked for than the Krylov space holds', async () => {
    const twice = await hessianOperator(quadraticBowl([1, 1, 4, 4]), new Float32Array(4), {generator});
    const {pairs} = await leadingEigenpairs(twice, 4, {generator});
    expect(pairs.map(({value}) => value)).toEqual([expect.closeTo(4, 5), expect.closeTo(1, 5)]);
  });
});
