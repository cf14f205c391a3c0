import {createGenerator, logMeanExp} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {scipyFixture} from '../../test/scipy-fixture.ts';
import type {AnalyticObjective} from '../analytic/analytic-objective.ts';
import {ball} from '../analytic/ball.ts';
import {slab} from '../analytic/slab.ts';
import {coordinatesFromScale, rawCoordinates, type Coordinates} from '../directions/coordinates.ts';
import {sphericalRays} from '../directions/rays.ts';
import {basinRadii} from './basin-radii.ts';
import {estimateGaussianMass} from './estimate-gaussian-mass.ts';
import {logRadialMass} from './radial-mass.ts';
import type {VolumeEstimate} from './verdict.ts';

async function measure(
  objective: AnalyticObjective,
  {
    cutoff = 4,
    deviation = 1,
    directions = 500,
    maximum = 100,
    coordinates = rawCoordinates(objective.dimension) as Coordinates,
  },
): Promise<VolumeEstimate> {
  const rays = sphericalRays(coordinates, {generator: createGenerator(5)});
  const measured = await basinRadii(objective, objective.minimum, rays, {
    cutoffs: [{kind: 'loss', value: cutoff}],
    maximum,
    directions,
  });
  const radii = measured.cutoffs[0]?.radii ?? [];
  return estimateGaussianMass(radii, objective.minimum, rays, {...measured, deviation});
}

it('integrates along a ray as SciPy’s adaptive quadrature does', () => {
  for (const {value, radius, ...line} of scipyFixture.radialMass) {
    const found = logRadialMass({...line, radius: radius ?? Infinity});
    expect(Math.abs(found - value)).toBeLessThan(2e-5);
  }
  const [
    {radius: _, value: __, ...line} = {
      dimension: 1,
      deviation: 1,
      anchorSquared: 0,
      along: 0,
      raySquared: 1,
      radius: 0,
      value: 0,
    },
  ] = scipyFixture.radialMass;
  expect(logRadialMass({...line, radius: 0})).toBe(-Infinity);
});

describe('estimateGaussianMass', () => {
  it('gives the mass of a centred ball of radius 2 in 10 dimensions: −2.94403', async () => {
    const estimate = await measure(ball(new Float32Array(10)), {});
    expect(estimate.logVolume).toBeGreaterThan(-2.94403 - 1e-3);
    expect(estimate.logVolume).toBeLessThan(-2.94403 + 1e-3);
    expect(estimate.verdict).toBe('reliable');
  });

  it('gives it off centre too, in other units, and whatever the coordinates', async () => {
    const centre = Float32Array.of(1, 0, 0.5, 0);
    const expected = ball(centre).logGaussianMass?.(4, 0.8) ?? 0;
    const estimate = await measure(ball(centre), {deviation: 0.8, directions: 5000});
    expect(Math.abs((estimate.logVolume ?? 0) - expected)).toBeLessThan(
      3 * (estimate.standardError ?? 0) + 1e-3,
    );
    expect(estimate.standardError).toBeLessThan(0.04);
    const coordinates = coordinatesFromScale(Float64Array.of(1, 1.5, 1, 0.7));
    const stretched = await measure(ball(centre), {deviation: 0.8, directions: 5000, coordinates});
    expect(Math.abs((stretched.logVolume ?? 0) - expected)).toBeLessThan(
      3 * (stretched.standardError ?? 0) + 1e-3,
    );
  });

  it('gives a slab its finite mass, and counts censored rays as harmless where the prior has died out', async () => {
    const objective = slab(5, 1);
    const expected = objective.logGaussianMass?.(0.5, 1) ?? 0;
    expect(expected).toBeCloseTo(Math.log(0.6826894921), 8);
    const estimate = await measure(objective, {cutoff: 0.5, directions: 5000, maximum: 30});
    expect(estimate.censored).toBeGreaterThan(0);
    expect(Math.abs((estimate.logVolume ?? 0) - expected)).toBeLessThan(0.03);
    expect(estimate.verdict).toBe('reliable');
    const short = await measure(objective, {cutoff: 0.5, directions: 5000, maximum: 1});
    expect(short.verdict).toBe('lower bound');
  });

  it('leaves parameters that stay out of the prior, wherever the anchor has them', () => {
    // A disc of radius 2 about the prior's mean: 1 − exp(−2²/2).
    const expected = Math.log1p(-Math.exp(-2));
    const rays = sphericalRays(coordinatesFromScale(Float64Array.of(1, 0, 1)), {
      generator: createGenerator(1),
    });
    for (const resting of [0, 3]) {
      const anchor = Float32Array.of(0, resting, 0);
      const {logVolume} = estimateGaussianMass([2, 2], anchor, rays, {deviation: 1, maximum: 9});
      expect(logVolume).toBeCloseTo(expected, 4);
    }
  });

  it('takes the second half of a measurement for what it is, off centre', () => {
    const rays = sphericalRays(rawCoordinates(4), {generator: createGenerator(1)});
    const radii = Float64Array.from({length: 500}, (_, i) => 1 + 0.1 * Math.sin(i));
    const estimate = (from: number, to: number): VolumeEstimate =>
      estimateGaussianMass(radii.subarray(from, to), Float32Array.of(1, 0, 2, 0), rays, {
        deviation: 1,
        maximum: 9,
        from,
      });
    const [whole, first, second] = [estimate(0, 500), estimate(0, 250), estimate(250, 500)];
    expect(first.logVolume).toBe(whole.logVolumeAtHalf);
    const halves = [first, second].map(({logVolume}) => logVolume ?? Number.NaN);
    expect(whole.logVolume).toBeCloseTo(logMeanExp(halves), 12);
  });

  it('is reliable only where nothing speaks against its radii', () => {
    const rays = sphericalRays(rawCoordinates(2), {generator: createGenerator(1)});
    const estimate = (change = {}): VolumeEstimate =>
      estimateGaussianMass(new Float64Array(120).fill(2), new Float32Array(2), rays, {
        deviation: 1,
        maximum: 9,
        ...change,
      });
    const plain = estimate();
    expect(plain.verdict).toBe('reliable');
    expect(plain.lowerBound).toBeCloseTo(Math.log1p(-Math.exp(-2)) - Math.log(20), 4);
    expect(estimate({undefinedRays: 1})).toMatchObject({
      verdict: 'lower bound',
      reason: '1 of 120 directions ended in a loss that is no number',
    });
    expect(estimate({independent: false})).toMatchObject({verdict: 'unreliable', lowerBound: null});
    // Two dimensions, each with that share of the radius.
    const wide = estimate({tolerance: 0.1});
    expect(wide).toMatchObject({
      verdict: 'lower bound',
      reason: "the radii's tolerance allows an error of 0.20 nats",
    });
    expect((plain.lowerBound ?? 0) - (wide.lowerBound ?? 0)).toBeCloseTo(0.2, 12);
  });

  it('refuses radii that are none, a deviation that is not positive, and an anchor that is not the rays’', () => {
    const rays = sphericalRays(rawCoordinates(2), {generator: createGenerator(1)});
    const options = {deviation: 1, maximum: 1};
    expect(() => estimateGaussianMass([], new Float32Array(2), rays, options)).toThrow(/at least one radius/);
    expect(() => estimateGaussianMass([1], new Float32Array(2), rays, {...options, deviation: 0})).toThrow(
      /deviation > 0/,
    );
    for (const radius of [-1, Number.NaN]) {
      expect(() => estimateGaussianMass([1, radius], new Float32Array(2), rays, options)).toThrow(
        /radii >= 0/,
      );
    }
    expect(() => estimateGaussianMass([1], new Float32Array(3), rays, options)).toThrow(/2 numbers, got 3/);
    const told: [object, RegExp][] = [
      [{deviation: Infinity}, /a finite deviation > 0, got Infinity/],
      [{maximum: undefined}, /estimateGaussianMass: expected a maximum, got none/],
      [{maximum: -1}, /a finite maximum > 0, got -1/],
      [{maximum: 0.5}, /finite radii up to the maximum, got 1 beyond 0.5/],
      [{tolerance: Number.NaN}, /a finite tolerance >= 0, got NaN/],
      [{undefinedRays: 1.5}, /undefinedRays >= 0, got 1.5/],
    ];
    for (const [change, message] of told) {
      const attempt = (): unknown =>
        estimateGaussianMass([1], new Float32Array(2), rays, {...options, ...change});
      expect(attempt).toThrow(message);
    }
    const stretched = {...rays, logDeterminant: Number.NaN};
    expect(() => estimateGaussianMass([1], new Float32Array(2), stretched, options)).toThrow(
      /a finite log determinant, got NaN/,
    );
  });
});
