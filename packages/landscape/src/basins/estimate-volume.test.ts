import {createGenerator, logUnitBallVolume} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {ball} from '../analytic/ball.ts';
import type {AnalyticObjective} from '../analytic/analytic-objective.ts';
import {powerWell} from '../analytic/power-well.ts';
import {logSpacedSpectrum, quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {slab} from '../analytic/slab.ts';
import {coordinatesFromScale, rawCoordinates} from '../directions/coordinates.ts';
import {sphericalRays, type Rays} from '../directions/rays.ts';
import {basinRadii} from './basin-radii.ts';
import {estimateVolume, type VolumeEstimates} from './estimate-volume.ts';
import {preconditionerFrom} from './preconditioner.ts';

async function measure(
  objective: AnalyticObjective,
  rays: Rays,
  {cutoff = 0.1, directions = 1000, maximum = 100, unbounded = false},
): Promise<VolumeEstimates> {
  const measured = await basinRadii(objective, objective.minimum, rays, {
    cutoffs: [{kind: 'loss', value: cutoff}],
    maximum,
    directions,
  });
  return estimateVolume(measured, {unbounded});
}

const spectrum = (count: number): Float64Array => logSpacedSpectrum(count, -1, 1);
const isotropic = (dimension: number, seed: number): Rays =>
  sphericalRays(rawCoordinates(dimension), {generator: createGenerator(seed)});

describe('analytic cases', () => {
  it('½ xᵀAx ≤ 0.1 in 2 dimensions: reliable, and right to 0.02', async () => {
    const {relative} = await measure(quadraticBowl(spectrum(2)), isotropic(2, 1), {
      directions: 60_000,
      maximum: 3,
    });
    expect(relative.verdict).toBe('reliable');
    // r² has a squared coefficient of variation of 4.05 there.
    expect(relative.standardError).toBeCloseTo(Math.sqrt(4.05 / 60_000), 3);
    expect(relative.logVolume).toBeGreaterThan(-0.4647 - 0.02);
    expect(relative.logVolume).toBeLessThan(-0.4647 + 0.02);
  });

  it('the same in 10 dimensions: right to 0.02 if reliable, and to its standard error in any case', async () => {
    for (const seed of [1, 2]) {
      const {relative} = await measure(quadraticBowl(spectrum(10)), isotropic(10, seed), {
        directions: 10_000,
      });
      const error = Math.abs((relative.logVolume ?? Infinity) + 7.111);
      if (relative.verdict === 'reliable') expect(error).toBeLessThan(0.02);
      expect(error).toBeLessThan(4 * (relative.standardError ?? 0));
    }
  });

  it('the same in 50 dimensions, isotropic, 10⁴ directions: between −75 and −71 or so, and never reliable', async () => {
    const {relative} = await measure(quadraticBowl(spectrum(50)), isotropic(50, 1), {directions: 10_000});
    expect(relative.logVolume).toBeGreaterThan(-77);
    expect(relative.logVolume).toBeLessThan(-71);
    expect(relative.effectiveSampleSize).toBeLessThan(10);
    expect(relative.verdict).toBe('lower bound');
    expect(relative.reason).toMatch(/effective sample size/);
    expect(relative.lowerBound).toBeLessThan(-69.6213);
    // The stable statistic needs no large radius, and is far lower still.
    expect(relative.stableLogVolume).toBeLessThan(-80);
  });

  it.each([2, 10, 50, 1000])(
    'the same with P = A^(−1/2) in %i dimensions: right to 1e-3, without variance',
    async (count) => {
      const bowl = quadraticBowl(spectrum(count));
      const coordinates = rawCoordinates(count);
      const preconditioner = preconditionerFrom(spectrum(count), coordinates, {epsilon: 0});
      const rays = sphericalRays(coordinates, {generator: createGenerator(1), preconditioner});
      const {relative, raw} = await measure(bowl, rays, {directions: 120});
      expect(relative.logVolume).toBeCloseTo(bowl.logVolume(0.1), 3);
      expect(raw.logVolume).toBe(relative.logVolume);
      expect(relative.verdict).toBe('reliable');
      expect(relative.effectiveSampleSize).toBeCloseTo(120, 3);
    },
  );

  it('gives raw = relative + log det S, and the same raw volume in any coordinates', async () => {
    const bowl = quadraticBowl([1, 1, 1, 0.25]);
    const coordinates = coordinatesFromScale(Float64Array.of(1, 1, 1, 2));
    const {relative, raw} = await measure(bowl, sphericalRays(coordinates, {generator: createGenerator(1)}), {
      directions: 200,
    });
    expect(raw.logVolume).toBeCloseTo(bowl.logVolume(0.1), 4);
    expect((raw.logVolume ?? 0) - (relative.logVolume ?? 0)).toBeCloseTo(Math.log(2), 12);
  });

  it('measures a degenerate well', async () => {
    const well = powerWell(2, 4);
    const {relative} = await measure(well, isotropic(4, 1), {directions: 5000});
    expect(Math.abs((relative.logVolume ?? 0) - well.logVolume(0.1))).toBeLessThan(0.02);
    expect(relative.verdict).toBe('reliable');
  });

  it('calls a slab unbounded when told so, and never reliable when not', async () => {
    const objective = slab(6, 4);
    const told = await measure(objective, isotropic(6, 1), {
      unbounded: objective.logVolume(0.1) === Infinity,
    });
    expect(told.relative).toMatchObject({verdict: 'unbounded', logVolume: null, lowerBound: null});
    const {relative} = await measure(objective, isotropic(6, 1), {directions: 5000, maximum: 2});
    expect(relative.censored).toBeGreaterThan(0);
    expect(relative.verdict).toBe('lower bound');
    expect(relative.reason).toMatch(/never met the cutoff/);
  });

  it('counts a ball cut off by the maximum as a lower bound', async () => {
    const {relative} = await measure(ball(new Float32Array(3)), isotropic(3, 1), {cutoff: 9, maximum: 2});
    expect(relative).toMatchObject({censored: 1000, directions: 1000, verdict: 'lower bound'});
    expect(relative.logVolume).toBeCloseTo(logUnitBallVolume(3) + 3 * Math.log(2), 12);
  });
});

describe('estimateVolume', () => {
  it('is not biased low by censored directions: they count as ending at the maximum', () => {
    const radii = [1, 1, Infinity, Infinity];
    const {relative} = estimateVolume(radii, {dimension: 2, maximum: 3});
    // π · mean(1, 1, 9, 9); dropping them would give π.
    expect(relative.logVolume).toBeCloseTo(Math.log(Math.PI * 5), 12);
    expect(relative).toMatchObject({
      censored: 2,
      directions: 4,
      logVolumeAtHalf: expect.closeTo(Math.log(Math.PI), 12),
    });
  });

  it('reports effective sample size, largest weight, half and the stable statistic', () => {
    const {relative} = estimateVolume([1, 2, 3], {dimension: 2});
    expect(relative.effectiveSampleSize).toBeCloseTo((1 + 4 + 9) ** 2 / (1 + 16 + 81), 10);
    expect(relative.largestWeight).toBeCloseTo(9 / 14, 10);
    expect(relative.logVolumeAtHalf).toBeCloseTo(Math.log(Math.PI), 10);
    expect(relative.stableLogVolume).toBeCloseTo((2 * Math.log(6)) / 3 + Math.log(Math.PI), 10);
    expect(relative.lowerBound).toBeCloseTo(Math.log((Math.PI * 14) / 3) - Math.log(20), 10);
    expect(estimateVolume([1], {dimension: 2}).relative).toMatchObject({
      logVolumeAtHalf: null,
      standardError: null,
      verdict: 'lower bound',
    });
  });

  it('stays in log space: 270,000 dimensions neither overflow nor underflow', () => {
    const radii = Float64Array.from({length: 200}, () => 12);
    const {relative} = estimateVolume(radii, {dimension: 270_000});
    expect(relative.logVolume).toBeCloseTo(logUnitBallVolume(270_000) + 270_000 * Math.log(12), 3);
    expect(relative.verdict).toBe('reliable');
  });

  const many = Float64Array.from({length: 400}, (_, i) => 1 + 0.01 * Math.sin(i));

  it('is reliable only when each condition holds', () => {
    const verdict = (radii: ArrayLike<number>, change = {}): string =>
      estimateVolume(radii, {dimension: 3, maximum: 2, ...change}).relative.verdict;
    expect(verdict(many)).toBe('reliable');
    expect(verdict(many.subarray(0, 99))).toBe('lower bound');
    expect(verdict(many.with(7, Infinity))).toBe('lower bound');
    expect(verdict(many.with(7, 3.2), {maximum: 4})).toBe('lower bound');
    expect(verdict(many.map((radius, i) => (i < 200 ? radius : radius * 1.08)))).toBe('lower bound');
    // One direction with 5.2% of a volume in 500 dimensions, the others equal: effective sample size 315.
    const equal = new Float64Array(2000).fill(1);
    expect(verdict(equal.with(1500, 110 ** (1 / 500)), {dimension: 500})).toBe('lower bound');
    expect(verdict(equal.with(1500, 90 ** (1 / 500)), {dimension: 500})).toBe('reliable');
    // The same standard error is too much in three dimensions.
    expect(verdict(equal.with(1500, 90 ** (1 / 3)), {maximum: 9})).toBe('lower bound');
    expect(verdict(many, {tolerance: 0.04})).toBe('lower bound');
    expect(verdict(many, {independent: false})).toBe('unreliable');
    expect(verdict(many, {unbounded: true})).toBe('unbounded');
    expect(verdict(new Float64Array(200))).toBe('unreliable');
  });

  it('leaves room in the bound for the tolerance of the radii', () => {
    const {logVolume, lowerBound} = estimateVolume([1, 2, 3], {dimension: 2, tolerance: 0.01}).relative;
    expect((logVolume ?? 0) - (lowerBound ?? 0)).toBeCloseTo(Math.log(20) + 0.02, 12);
  });

  it('claims no bound where the rays were chosen after they were seen', () => {
    expect(estimateVolume(many, {dimension: 3, independent: false}).relative.lowerBound).toBeNull();
  });

  it('keeps Markov’s promise: the bound exceeds the truth in fewer than 5% of samples of a heavy tail', () => {
    // r³ for r = U^(−1/4): E r³ = 4, infinite variance.
    let broken = 0;
    for (let seed = 0; seed < 200; seed++) {
      const generator = createGenerator(seed);
      const radii = Float64Array.from({length: 20}, () => generator.uniform() ** -0.25);
      const {lowerBound} = estimateVolume(radii, {dimension: 3}).relative;
      if ((lowerBound ?? 0) > logUnitBallVolume(3) + Math.log(4)) broken += 1;
    }
    expect(broken).toBeLessThanOrEqual(10);
  });

  it('takes a measurement, and says of it what its radii say', async () => {
    const measured = await basinRadii(quadraticBowl([1, 4]), new Float32Array(2), isotropic(2, 1), {
      cutoffs: [0, 0.1, 0.4].map((value) => ({kind: 'loss', value}) as const),
      maximum: 0.5,
      directions: 200,
    });
    for (const cutoff of [1, 2]) {
      const {radii = [], censored = 0} = measured.cutoffs[cutoff] ?? {};
      expect(censored > 0).toBe(cutoff === 2);
      expect(estimateVolume(measured, {cutoff})).toEqual(estimateVolume(radii, measured));
    }
    // Along a ray that ends where the loss is no number nothing more is known.
    const ended = {...measured, cutoffs: measured.cutoffs.map((one) => ({...one, undefinedRays: 7}))};
    const undefinedRays = 7;
    expect(estimateVolume(ended, {cutoff: 1, independent: false})).toEqual(
      estimateVolume(measured.cutoffs[1]?.radii ?? [], {...measured, undefinedRays, independent: false}),
    );
    expect(() => estimateVolume(measured)).toThrow(/a cutoff above the anchor's loss of 0, got 0; raise it/);
    expect(() => estimateVolume(measured, {cutoff: 3})).toThrow(/a cutoff in 0\.\.2, got 3/);
    expect(() => estimateVolume(measured, {cutof: 1} as object)).toThrow(/did you mean "cutoff"\?/);
  });

  it('refuses no radii, negative ones, NaN, and censored ones without a maximum', () => {
    expect(() => estimateVolume([], {dimension: 2})).toThrow(/at least one radius/);
    expect(() => estimateVolume([-1], {dimension: 2})).toThrow(/radii >= 0, got -1/);
    expect(() => estimateVolume([Number.NaN], {dimension: 2})).toThrow(/radii >= 0/);
    expect(() => estimateVolume([Infinity], {dimension: 2})).toThrow(/maximum/);
  });

  it.each([
    [{tolerance: Number.NaN}, /estimateVolume: expected a finite tolerance >= 0, got NaN/],
    [{tolerance: -1e-3}, /a finite tolerance >= 0, got -0.001/],
    [{logDeterminant: Number.NaN}, /a finite log determinant, got NaN/],
    [{logDeterminant: Infinity}, /a finite log determinant, got Infinity/],
    [{maximum: Number.NaN}, /a finite maximum > 0, got NaN/],
    [{maximum: -1}, /a finite maximum > 0, got -1/],
    [{maximum: Infinity}, /a finite maximum > 0, got Infinity/],
    [{maximum: 1e-9}, /finite radii up to the maximum, got 1 beyond 1e-9/],
    [{undefinedRays: 0.5}, /a whole number of undefinedRays >= 0, got 0.5/],
    [{undefinedRays: Number.NaN}, /undefinedRays >= 0, got NaN/],
    [{undefinedRays: -1}, /undefinedRays >= 0, got -1/],
  ])('refuses %o, which says nothing of 400 radii', (change, message) => {
    expect(() => estimateVolume(many, {dimension: 3, maximum: 2, ...change})).toThrow(message);
  });
});

describe('preconditionerFrom', () => {
  const coordinates = coordinatesFromScale(Float64Array.of(1, 2, 0, 1));

  it('has unit determinant over what moves, and leaves the rest alone', () => {
    const p = preconditionerFrom([1, -16, 5, 4], coordinates, {epsilon: 0});
    expect(p[2]).toBe(1);
    expect((p[0] ?? 0) / (p[1] ?? 0)).toBeCloseTo(4, 12);
    expect((p[0] ?? 0) * (p[1] ?? 0) * (p[3] ?? 0)).toBeCloseTo(1, 12);
  });

  it('keeps flat directions finite with an epsilon, and says so without', () => {
    expect(preconditionerFrom([1, 0, 0, 1], coordinates).every(Number.isFinite)).toBe(true);
    expect(() => preconditionerFrom([1, 0, 0, 1], coordinates, {epsilon: 0})).toThrow(/epsilon > 0/);
    expect(() => preconditionerFrom([0, 0, 3, 0], coordinates)).toThrow(/not 0/);
    expect(() => preconditionerFrom([1, Number.NaN, 0, 1], coordinates)).toThrow(/finite curvatures/);
    expect(() => preconditionerFrom([1], coordinates)).toThrow(/4 numbers, got 1/);
  });
});
