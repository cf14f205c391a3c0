import {logUnitBallVolume} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {scipyFixture} from '../../test/scipy-fixture.ts';
import {ball} from './ball.ts';
import {bowlLearningCoefficient} from './bowl-learning-coefficient.ts';
import {logGaussianBallMass} from './gaussian-ball-mass.ts';
import {powerWell} from './power-well.ts';
import {logSpacedSpectrum, quadraticBowl} from './quadratic-bowl.ts';
import {reflected} from './reflected.ts';
import {slab} from './slab.ts';

describe('quadraticBowl', () => {
  it('knows the log volumes of ½ xᵀAx ≤ 0.1 for a spectrum of two decades', () => {
    const logVolume = (count: number): number =>
      quadraticBowl(logSpacedSpectrum(count, -1, 1)).logVolume(0.1);
    expect(logVolume(2)).toBeCloseTo(-0.4647, 4);
    expect(logVolume(10)).toBeCloseTo(-7.111, 4);
    expect(logVolume(50)).toBeCloseTo(-69.6213, 4);
  });

  it('refuses eigenvalues that are not positive and finite', () => {
    for (const spectrum of [[], [1, 0], [-1], [Number.NaN], [Infinity]]) {
      expect(() => quadraticBowl(spectrum)).toThrow(/positive and finite/);
    }
  });
});

describe('closed forms', () => {
  it('give the mass of a ball under a Gaussian prior as SciPy does, centred and not', () => {
    for (const {value, ...gaussianBall} of scipyFixture.gaussianBall) {
      expect(Math.abs(logGaussianBallMass(gaussianBall) - value)).toBeLessThan(1e-9 * Math.max(1, -value));
    }
    expect(ball(new Float32Array(10)).logGaussianMass?.(4, 1)).toBeCloseTo(-2.94403, 5);
  });

  it('give it for a ball far out at once, as Φ does in one and three dimensions', () => {
    // log(Φ(r − o) − Φ(−r − o)), and in three log of that less (φ(r − o) − φ(r + o)) / o, with 40 digits by mpmath 1.3.0.
    const far = [
      [5000, 5000, -Math.LN2, -0.693306770205856],
      [4990, 5000, -53.23128515051247, -53.23330681133908],
      [1, 5000, -12495009.93593174, -12495018.453324996],
      [100, 5000, -12005009.415929059, -12005013.327954106],
      [3, 2, -0.1727541197299463, -0.3280044133236626],
    ] as const;
    for (const [radius, offset, one, three] of far) {
      for (const [dimension, value] of [[1, one] as const, [3, three] as const]) {
        const found = logGaussianBallMass({dimension, radius, offset});
        expect(Math.abs(found - value)).toBeLessThan(offset > 100 ? 1e-7 : 1e-12);
      }
    }
    // ∫ s (s/o)^4 I_4(s o) e^(−(s² + o²)/2) ds by mpmath's quadrature.
    expect(logGaussianBallMass({dimension: 10, radius: 300, offset: 300})).toBeCloseTo(-0.7051872135152, 8);
    expect(logGaussianBallMass({dimension: 10, radius: 1e200, offset: 3})).toBe(0);
    expect(logGaussianBallMass({dimension: 10, radius: 0, offset: 3})).toBe(-Infinity);
  });

  it('agree where one objective is another in disguise', () => {
    // |x|² ≤ c is Σ x^(2·1) ≤ c is ½ Σ 2 x² ≤ c, and a slab that leaves nothing free is a ball.
    const cutoff = 0.37;
    const expected = ball(new Float32Array(7)).logVolume(cutoff);
    expect(powerWell(1, 7).logVolume(cutoff)).toBeCloseTo(expected, 10);
    expect(quadraticBowl(new Float64Array(7).fill(2)).logVolume(cutoff)).toBeCloseTo(expected, 10);
    expect(slab(7, 7).logVolume(cutoff / 2)).toBeCloseTo(expected, 10);
    expect(slab(7, 3).logVolume(cutoff)).toBe(Infinity);
  });

  it('make x⁴ + y⁴ ≤ 1 the area that integration gives', () => {
    // 4 ∫₀¹ (1 − x⁴)^(1/4) dx by the midpoint rule.
    let area = 0;
    for (let i = 0; i < 1e5; i++) area += (4 * (1 - ((i + 0.5) / 1e5) ** 4) ** 0.25) / 1e5;
    expect(powerWell(2, 2).logVolume(1)).toBeCloseTo(Math.log(area), 5);
    expect(powerWell(3, 1).logVolume(64)).toBeCloseTo(Math.log(4), 12);
  });

  it('refuse sizes that make no sense', () => {
    expect(() => slab(3, 0)).toThrow(RangeError);
    expect(() => slab(3, 4)).toThrow(RangeError);
    expect(() => powerWell(0)).toThrow(RangeError);
    expect(() => reflected(slab(3, 1), [0, 0, 0])).toThrow(RangeError);
    expect(() => logGaussianBallMass({dimension: 0, radius: 1})).toThrow(RangeError);
    for (const change of [{dimension: Infinity}, {radius: Infinity}, {radius: Number.NaN}, {radius: -1}]) {
      expect(() => logGaussianBallMass({dimension: 2, radius: 1, ...change})).toThrow(
        /expected finite dimension >= 1 and radius >= 0/,
      );
    }
    for (const offset of [-1, 100_001, Infinity, Number.NaN]) {
      expect(() => logGaussianBallMass({dimension: 2, radius: 1, offset})).toThrow(
        `expected an offset in [0, 100000], got ${offset}`,
      );
    }
    expect(logUnitBallVolume(0)).toBeCloseTo(0, 12);
  });
});

describe('bowlLearningCoefficient', () => {
  const sampling = {inverseTemperature: 100, localization: 1};

  it('refuses a bowl whose law cannot be normalized, and settings that are none', () => {
    for (const eigenvalue of [-1, -0.01, Number.NaN, Infinity]) {
      expect(() => bowlLearningCoefficient([1, eigenvalue], sampling)).toThrow(
        /expected eigenvalues with a finite stiffness > 0, got .* at 1/,
      );
    }
    const settings = [{inverseTemperature: Number.NaN}, {localization: -1}, {stepSize: Number.NaN}];
    for (const change of settings) {
      expect(() => bowlLearningCoefficient([1], {...sampling, ...change})).toThrow(
        /finite inverseTemperature > 0/,
      );
    }
  });

  it('takes what localization holds, and passes over flat directions without any', () => {
    // ½ · (−0.5) / 0.5.
    expect(bowlLearningCoefficient([-0.005], sampling)).toBeCloseTo(-0.5, 12);
    expect(bowlLearningCoefficient([0, 1], {...sampling, localization: 0})).toBe(0.5);
    expect(bowlLearningCoefficient([1], {...sampling, stepSize: 1})).toBe(Infinity);
  });
});

describe('derivatives', () => {
  const objectives = {
    bowl: quadraticBowl([0.5, 2, 8]),
    ball: ball(Float32Array.of(0.25, -1, 0.5)),
    slab: slab(3, 2),
    well: powerWell(2, 3),
    reflected: reflected(quadraticBowl([0.5, 2, 8]), [1, 2, -1]),
  };
  const theta = Float32Array.of(0.5, -0.75, 1.25);
  const direction = Float32Array.of(1, 2, -0.5);

  it.each(Object.entries(objectives))('of the %s are those of its loss', async (_, objective) => {
    const slope = await objective.gradient(theta);
    const product = await objective.hessianVector(theta, direction);
    const h = 2 ** -10;
    const [back, here, forth] = await objective.lossAlong(
      theta,
      Float32Array.of(...direction, ...direction, ...direction),
      Float64Array.of(-h, 0, h),
    );
    const along = direction.reduce((sum, d, i) => sum + d * (slope[i] ?? 0), 0);
    const curvature = direction.reduce((sum, d, i) => sum + d * (product[i] ?? 0), 0);
    const difference = ((forth ?? 0) - (back ?? 0)) / (2 * h);
    const second = ((forth ?? 0) - 2 * (here ?? 0) + (back ?? 0)) / (h * h);
    // Float32 rounding of the reflected point is 1e-7 of the loss, divided by h².
    expect(Math.abs(difference - along)).toBeLessThan(2e-3);
    expect(Math.abs(second / curvature - 1)).toBeLessThan(objective === objectives.reflected ? 0.2 : 1e-4);
    expect((await objective.loss(theta))[0]).toBeCloseTo(here ?? 0, 5);
  });
});
