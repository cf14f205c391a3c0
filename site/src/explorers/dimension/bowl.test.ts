import {basinRadii, quadraticBowl, logSpacedSpectrum} from '@minefield/landscape';
import {describe, expect, it} from 'vitest';
import {CUTOFF, bowlOf, convergence, decadesOff, followRays, judged, measureBowl} from './bowl.ts';

describe('the bowl', () => {
  it('has the volumes of the analytic cases', () => {
    expect(bowlOf(2, 1).decades * Math.LN10).toBeCloseTo(-0.4647, 4);
    expect(bowlOf(50, 1).decades * Math.LN10).toBeCloseTo(-69.6213, 4);
  });

  it('has the radii that the search of the records finds', async () => {
    const bowl = bowlOf(30, 3);
    const {spherical, preconditioned} = measureBowl(bowl, 20);
    const objective = quadraticBowl(logSpacedSpectrum(30, -1, 1));
    for (const [rays, radii] of [
      [bowl.spherical, spherical],
      [bowl.preconditioned, preconditioned],
    ] as const) {
      const searched = await basinRadii(objective, objective.minimum, rays, {
        cutoffs: [{kind: 'loss', value: CUTOFF}],
        maximum: 10,
        directions: 20,
      });
      searched.cutoffs[0]?.radii.forEach((radius, i) => expect(radii[i]).toBeCloseTo(radius, 3));
    }
  });

  it('is hit by spherical rays in the plane, missed in high dimension, and hit by stretched ones in any', () => {
    for (const [dimension, least, most] of [
      [2, -0.1, 0.1],
      [300, -40, -15],
    ] as const) {
      const bowl = bowlOf(dimension, 1);
      const {spherical, preconditioned} = measureBowl(bowl, 500);
      expect(decadesOff(spherical, bowl)).toBeGreaterThan(least);
      expect(decadesOff(spherical, bowl)).toBeLessThan(most);
      expect(Math.abs(decadesOff(preconditioned, bowl))).toBeLessThan(1e-3);
    }
    const far = bowlOf(300, 1);
    expect(judged(measureBowl(far, 500).spherical, far).verdict).toBe('lower bound');
    expect(judged(measureBowl(far, 500).preconditioned, far).verdict).toBe('reliable');
  });

  it('hands over portions that end as the whole does', () => {
    const bowl = bowlOf(7, 2);
    const portions = [...followRays(bowl, 10, () => true)];
    expect(portions.map(({spherical}) => spherical.length)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const whole = measureBowl(bowl, 10);
    expect(portions.at(-1)?.spherical).toEqual(whole.spherical.subarray(0, 9));
    const course = convergence(whole.spherical, bowl);
    expect(course.at(0)?.[0]).toBe(1);
    expect(course.at(-1)).toEqual([10, decadesOff(whole.spherical, bowl)]);
  });
});
