import {createGenerator} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {circleSplits} from './circle-splits.ts';
import {concentricCircles} from './concentric-circles.ts';
import {houseNumberSplits} from './house-numbers/house-number-splits.ts';
import {houseNumbers} from './house-numbers/house-numbers.ts';
import {regularSpirals} from './regular-spirals.ts';
import {splitDataset} from './split-dataset.ts';
import {toySplits} from './toy-splits.ts';
import {sampleTwoSpiralsInto, twoSpirals} from './two-spirals.ts';

/** Options that a caller misspelt, past the compiler. */
function misspelt<T extends object>(options: Readonly<Record<string, unknown>>): T {
  return options as T;
}

describe('options that would change nothing are refused with the one that was meant', () => {
  const generator = createGenerator(1);
  it.each<[string, () => unknown, string]>([
    ['twoSpirals', () => twoSpirals(4, misspelt({generator, nois: 1})), 'noise'],
    [
      'sampleTwoSpiralsInto',
      () => sampleTwoSpiralsInto(new Float32Array(2), new Uint8Array(1), misspelt({generator, grouth: 1})),
      'growth',
    ],
    ['regularSpirals', () => regularSpirals(misspelt({pointPerClass: 9})), 'pointsPerClass'],
    [
      'concentricCircles',
      () => concentricCircles([misspelt({count: 1, radius: 1, label: 0, phases: 0.5})]),
      'phase',
    ],
    ['circleSplits', () => circleSplits(1, misspelt({trains: 120})), 'train'],
    ['toySplits', () => toySplits(1, misspelt({trains: 120})), 'train'],
    [
      'splitDataset',
      () => splitDataset(regularSpirals(), misspelt({train: 1, test: 1, posion: 1}), {generator}),
      'poison',
    ],
    ['houseNumbers', () => houseNumbers(1, misspelt({generator, sise: 16})), 'size'],
    [
      'houseNumberSplits',
      () => houseNumberSplits(1, misspelt({train: 1, test: 0, poison: 0, side: 16})),
      'size',
    ],
  ])('%s', (name, call, meant) => {
    expect(call).toThrow(
      new RegExp(`^datasets\\.${name}: expected options among .*; did you mean "${meant}"`),
    );
  });

  it('and so are options that are missing', () => {
    expect(() => houseNumberSplits(1, misspelt(undefined as never))).toThrow(
      /expected options, an object with/,
    );
    expect(() => splitDataset(regularSpirals(), misspelt(undefined as never), {generator})).toThrow(
      /expected options, an object with/,
    );
  });

  it('and so is a generator that is missing', () => {
    for (const call of [
      () => twoSpirals(4, misspelt({})),
      () => sampleTwoSpiralsInto(new Float32Array(2), new Uint8Array(1), misspelt({})),
      () => houseNumbers(1, misspelt({generator: 7})),
      () => splitDataset(regularSpirals(), {train: 1, test: 1, poison: 1}, misspelt({})),
    ]) {
      expect(call).toThrow(
        /^datasets\.\w+: expected a generator among the options, got (?:undefined|number);/,
      );
    }
  });
});

it('a ring of a class beyond the two is refused', () => {
  const label = 2 as 1;
  expect(() => concentricCircles([{count: 1, radius: 1, label}])).toThrow(
    /^datasets\.concentricCircles: expected the class 0 or 1 and a finite phase, got 2 at 0; /,
  );
  expect(() => concentricCircles([{count: 1, radius: 1, label: 1, phase: Number.NaN}])).toThrow(
    /got 1 at NaN/,
  );
});
