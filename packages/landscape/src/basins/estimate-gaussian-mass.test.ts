import {createGenerator} from '@minefield/core';
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
  });
});
