import {createGenerator, type Dataset} from '@minefield/core';
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {splitDataset} from './split-dataset.ts';

/** Examples that are told apart by their input, with labels that follow from it. */
function numbered(size: number): Dataset {
  return {
    name: 'numbers',
    inputs: Float32Array.from({length: size}, (_, i) => i),
    labels: Uint8Array.from({length: size}, (_, i) => i % 3),
    inputShape: [1],
    classes: 3,
    size,
  };
}

test('no example is in two parts, none is invented, and each keeps its label', () => {
  const sizes = fc.record({train: fc.nat(20), test: fc.nat(20), poison: fc.nat(20), rest: fc.nat(5)});
  fc.assert(
    fc.property(sizes, fc.nat(), ({train, test: testing, poison, rest}, seed) => {
      const dataset = numbered(train + testing + poison + rest);
      const splits = splitDataset(
        dataset,
        {train, test: testing, poison},
        {generator: createGenerator(seed)},
      );
      const parts = [splits.train, splits.test, splits.poison];
      expect(parts.map(({size}) => size)).toEqual([train, testing, poison]);
      const examples = parts.flatMap(({inputs}) => [...inputs]);
      expect(new Set(examples).size).toBe(train + testing + poison);
      expect(examples.every((example) => example < dataset.size)).toBe(true);
      expect(parts.flatMap(({labels}) => [...labels])).toEqual(examples.map((example) => example % 3));
    }),
  );
});

test('each example is as likely in one part as in another', () => {
  const generator = createGenerator(4);
  const counts = new Float64Array(10);
  for (let i = 0; i < 5000; i++) {
    for (const example of splitDataset(numbered(10), {train: 4, test: 3, poison: 3}, {generator}).train
      .inputs) {
      counts[example] = (counts[example] ?? 0) + 1;
    }
  }
  // Five standard deviations of a binomial of 5,000 draws at 0.4.
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(5000 * 0.4 * 0.6));
});

test('the same stream gives the same split, and the fingerprint tells splits apart', () => {
  const split = (seed: number, train = 6): string =>
    splitDataset(numbered(12), {train, test: 3, poison: 3}, {generator: createGenerator(seed)}).fingerprint;
  expect(split(1)).toBe(split(1));
  expect(new Set([split(1), split(2), split(1, 5)]).size).toBe(3);
});

test.each([
  [{train: 5, test: 5, poison: 1}, /of at most 10 in all, got 5 \+ 5 \+ 1/],
  [{train: -1, test: 5, poison: 1}, /sizes >= 0/],
  [{train: 0.5, test: 5, poison: 1}, /sizes >= 0/],
])('refuses sizes %j', (sizes, message) => {
  expect(() => splitDataset(numbered(10), sizes, {generator: createGenerator(1)})).toThrow(message);
});
