import {expect, test} from 'vitest';
import {houseNumberSplits} from './house-number-splits.ts';
import type {HouseNumbers} from './house-numbers.ts';

function keys({pixels, size}: HouseNumbers): string[] {
  const width = pixels.length / size;
  return Array.from({length: size}, (_, row) => pixels.subarray(row * width, (row + 1) * width).join());
}

test('train, test and poison share no picture', () => {
  const {train, test: testing, poison} = houseNumberSplits(1, {train: 150, test: 100, poison: 120, size: 16});
  expect([train, testing, poison].map(({size}) => size)).toEqual([150, 100, 120]);
  expect(new Set([train, testing, poison].flatMap(keys)).size).toBe(370);
});

test('no part depends on the size of another, and a smaller part is the start of a larger one', () => {
  const usual = houseNumberSplits(1, {train: 20, test: 20, poison: 20});
  const other = houseNumberSplits(1, {train: 10, test: 20, poison: 30});
  expect(other.test).toEqual(usual.test);
  expect(keys(other.train)).toEqual(keys(usual.train).slice(0, 10));
  expect(keys(other.poison).slice(0, 20)).toEqual(keys(usual.poison));
});

test('a seed keeps its data from release to release, and seeds and sizes differ', () => {
  const fingerprintOf = (seed: number, size?: number): string =>
    houseNumberSplits(seed, {train: 20, test: 10, poison: 10, ...(size !== undefined && {size})}).fingerprint;
  expect(fingerprintOf(1)).toMatchInlineSnapshot(
    `"8a4262b0a0d55137b98a5366afc6b85c28fb3fa0005fd15b764e40d179cc42af"`,
  );
  expect(fingerprintOf(1, 32)).toBe(fingerprintOf(1));
  expect(new Set([fingerprintOf(1), fingerprintOf(2), fingerprintOf(1, 16)]).size).toBe(3);
});

test('the parts are named', () => {
  const {train, test: testing, poison} = houseNumberSplits(1, {train: 1, test: 1, poison: 1, size: 16});
  expect([train, testing, poison].map(({name}) => name)).toEqual([
    'house numbers: train',
    'house numbers: test',
    'house numbers: poison',
  ]);
  expect(train.inputShape).toEqual([16, 16, 3]);
});
