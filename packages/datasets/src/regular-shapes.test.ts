import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {concentricCircles} from './concentric-circles.ts';
import type {Dataset} from '@minefield/core';
import {regularSpirals} from './regular-spirals.ts';

type Shape = {inputs: number[]; labels: number[]};

const fixture: {spirals: Shape; circles: Shape} = JSON.parse(
  readFileSync(new URL('../test/fixtures/regular-shapes.json', import.meta.url), 'utf8'),
);

function expectShape({inputs, labels}: Dataset, expected: Shape): void {
  expect([...labels]).toEqual(expected.labels);
  expect(inputs).toHaveLength(expected.inputs.length);
  // One rounding to float32, and two orders of float64 operations, which differ where a sine is 0.
  expected.inputs.forEach((value, i) => {
    expect(Math.abs((inputs[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(
      2 ** -24 * Math.abs(value) + 1e-13,
    );
  });
}

describe('regularSpirals', () => {
  test("gives the authors' points", () => {
    const spirals = regularSpirals();
    expect(spirals).toMatchObject({inputShape: [2], classes: 2, size: 400});
    expectShape(spirals, fixture.spirals);
  });

  test('refuses counts and lengths that make no spiral', () => {
    expect(() => regularSpirals({pointsPerClass: 0.5})).toThrow(/pointsPerClass >= 0, got 0\.5/);
    expect(() => regularSpirals({turns: -1})).toThrow(/a finite turns >= 0, got -1/);
    expect(() => regularSpirals({scale: Infinity})).toThrow(/a finite scale >= 0, got Infinity/);
    expect(regularSpirals({pointsPerClass: 0}).size).toBe(0);
  });
});

describe('concentricCircles', () => {
  test("gives the authors' points", () => {
    const circles = concentricCircles();
    expect(circles).toMatchObject({inputShape: [2], classes: 2, size: 130});
    expectShape(circles, fixture.circles);
  });

  test('draws rings of the caller in their order', () => {
    const {inputs, labels} = concentricCircles([
      {count: 2, radius: 1, label: 1},
      {count: 1, radius: 2, label: 0, phase: 0.25},
    ]);
    expect([...labels]).toEqual([1, 1, 0]);
    expect(Array.from(inputs, (x) => x + 0)).toEqual([0, 1, 0, -1, 2, 0]);
  });

  test('refuses rings that cannot be drawn', () => {
    expect(() => concentricCircles([{count: -1, radius: 1, label: 0}])).toThrow(/got -1 at 1/);
    expect(() => concentricCircles([{count: 1, radius: Number.NaN, label: 0}])).toThrow(/got 1 at NaN/);
  });
});
