import {createGenerator, type Dataset} from '@minefield/core';
import {expect, test} from 'vitest';
import {circleSplits} from './circle-splits.ts';
import {concentricCircles} from './concentric-circles.ts';

function radiiOf({inputs, size}: Pick<Dataset, 'inputs' | 'size'>): number[] {
  return Array.from({length: size}, (_, i) => Math.hypot(inputs[2 * i] ?? 0, inputs[2 * i + 1] ?? 0));
}

test('trains on the authors’ points, or on those without the ten that spoil the margin', () => {
  const whole = concentricCircles();
  expect(circleSplits(1).train).toMatchObject({size: 130, inputs: whole.inputs, labels: whole.labels});
  const {train} = circleSplits(1, {train: 120});
  const radii = radiiOf(train);
  expect(
    train.labels.every((label, i) => Math.abs((radii[i] ?? 0) - (label === 0 ? 0.4 : 0.95)) < 1e-6),
  ).toBe(true);
});

test('tests with points of both large circles, a third of them inside, at any angle', () => {
  const {test: drawn} = circleSplits(3, {test: 9000});
  const radii = radiiOf(drawn);
  expect(
    drawn.labels.every((label, i) => Math.abs((radii[i] ?? 0) - (label === 0 ? 0.4 : 0.95)) < 1e-6),
  ).toBe(true);
  const outside = drawn.labels.reduce((sum, label) => sum + label, 0) / drawn.size;
  // Five standard errors of a share of two in three.
  expect(Math.abs(outside - 2 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / drawn.size));
  const quadrants = [0, 0, 0, 0];
  for (let i = 0; i < drawn.size; i++) {
    const [x = 0, y = 0] = drawn.inputs.subarray(2 * i, 2 * i + 2);
    const quadrant = 2 * Number(x > 0) + Number(y > 0);
    quadrants[quadrant] = (quadrants[quadrant] ?? 0) + 1;
  }
  for (const count of quadrants) {
    expect(Math.abs(count / drawn.size - 1 / 4)).toBeLessThan(5 * Math.sqrt(3 / 16 / drawn.size));
  }
});

test('a seed keeps its data, seeds differ in what they test with alone, and sizes change nothing else', () => {
  expect(circleSplits(1).fingerprint).toMatchInlineSnapshot(
    `"fde0004fabc1141307748e73ca0c57a599e796c04b21c887c217846341b76167"`,
  );
  expect(circleSplits(2).train).toEqual(circleSplits(1).train);
  expect(circleSplits(2).test).not.toEqual(circleSplits(1).test);
  expect(circleSplits(1, {train: 5}).test).toEqual(circleSplits(1).test);
});

test('poison comes from the generator that it is given', () => {
  const draw = (seed: number): Float32Array => {
    const inputs = new Float32Array(20);
    circleSplits(1).samplePoisonInto(inputs, new Uint8Array(10), createGenerator(seed, 'poison'));
    return inputs;
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test.each([{train: 131}, {train: 1.5}, {test: -1}, {test: Number.NaN}])('refuses %o', (sizes) => {
  expect(() => circleSplits(1, sizes)).toThrow(
    /datasets.circleSplits: expected t\w+ to be a whole number from 0/,
  );
});
