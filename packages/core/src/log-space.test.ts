import {readFileSync} from 'node:fs';
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {logGamma, logMeanExp, logSumExp, logUnitBallVolume} from './log-space.ts';

const fixture: {gamma: [number, number][]; ball: [number, number][]} = JSON.parse(
  readFileSync(new URL('../test/fixtures/log-gamma.json', import.meta.url), 'utf8'),
);

const moderate = fc.double({min: -700, max: 700, noNaN: true});

test('logGamma agrees with SciPy to 1e-14, from 1e-9 to 1e9', () => {
  for (const [x, expected] of fixture.gamma) {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(expected)));
  }
});

test('logGamma follows Γ(x + 1) = x Γ(x)', () => {
  fc.assert(
    fc.property(fc.double({min: 1e-6, max: 1e6, noNaN: true}), (x) => {
      const expected = logGamma(x) + Math.log(x);
      expect(Math.abs(logGamma(x + 1) - expected)).toBeLessThanOrEqual(
        1e-13 * Math.max(1, Math.abs(expected)),
      );
    }),
  );
});

test('logGamma is NaN outside the finite positive numbers', () => {
  for (const x of [0, -1.5, Number.NaN, Infinity]) expect(logGamma(x)).toBeNaN();
});

test('logUnitBallVolume agrees with SciPy to 1e-14 of its largest term, up to a million dimensions', () => {
  for (const [n, expected] of fixture.ball) {
    const largest = Math.max(1, logGamma(n / 2 + 1));
    expect(Math.abs(logUnitBallVolume(n) - expected)).toBeLessThanOrEqual(1e-14 * largest);
  }
});

test('logUnitBallVolume knows the segment, the disc and the ball', () => {
  expect(logUnitBallVolume(0)).toBeCloseTo(0, 14);
  expect(logUnitBallVolume(1)).toBeCloseTo(Math.log(2), 14);
  expect(logUnitBallVolume(2)).toBeCloseTo(Math.log(Math.PI), 14);
  expect(logUnitBallVolume(3)).toBeCloseTo(Math.log((4 / 3) * Math.PI), 14);
});

test.each([-1, 0.5, Number.NaN, Infinity])('logUnitBallVolume refuses %d dimensions', (n) => {
  expect(() => logUnitBallVolume(n)).toThrow(/expected a dimension >= 0/);
});

test('logSumExp is the logarithm of the sum where that fits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({min: -300, max: 300, noNaN: true}), {minLength: 1, maxLength: 20}),
      (values) => {
        const direct = Math.log(values.reduce((sum, x) => sum + Math.exp(x), 0));
        expect(Math.abs(logSumExp(values) - direct)).toBeLessThan(1e-13 * Math.max(1, Math.abs(direct)));
      },
    ),
  );
});

test('a constant added to every logarithm is added to logSumExp and logMeanExp, where the sum itself would overflow', () => {
  fc.assert(
    fc.property(
      fc.array(moderate, {minLength: 1}),
      fc.integer({min: -(2 ** 40), max: 2 ** 40}),
      (values, shift) => {
        const shifted = values.map((x) => x + shift);
        const tolerance = 1e-15 * Math.abs(shift) * 2 + 1e-12;
        expect(Math.abs(logSumExp(shifted) - (logSumExp(values) + shift))).toBeLessThan(tolerance);
        expect(Math.abs(logMeanExp(shifted) - (logMeanExp(values) + shift))).toBeLessThan(tolerance);
      },
    ),
  );
});

test('logSumExp lies between the largest term and that plus log n; logMeanExp of equal terms is the term', () => {
  fc.assert(
    fc.property(fc.array(moderate, {minLength: 1}), (values) => {
      const largest = Math.max(...values);
      expect(logSumExp(values)).toBeGreaterThanOrEqual(largest);
      expect(logSumExp(values)).toBeLessThanOrEqual(largest + Math.log(values.length) + 1e-12);
      expect(logMeanExp(values.map(() => largest))).toBeCloseTo(largest, 11);
    }),
  );
});

test('empty, infinite and NaN terms are treated as documented', () => {
  expect(logSumExp([])).toBe(-Infinity);
  expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
  expect(logSumExp([-Infinity, 3])).toBe(3);
  expect(logSumExp([Infinity, 3])).toBe(Infinity);
  expect(logSumExp([Infinity, Number.NaN])).toBeNaN();
  expect(logMeanExp([])).toBeNaN();
});
