import {createGenerator} from '@minefield/core';
import {expect, it} from 'vitest';
import {minibatchesOfTen, singleExamples} from './single-examples.ts';

it('draws different examples, one a batch, and no more than there are or than are of use', () => {
  const few = singleExamples(5, {generator: createGenerator(1)}).map((batch) => [...batch]);
  expect(few.flat().toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  const many = singleExamples(1000, {generator: createGenerator(1)});
  expect(many).toHaveLength(31);
  expect(new Set(many.map(([example]) => example)).size).toBe(31);
  expect(() => singleExamples(0, {generator: createGenerator(1)})).toThrow(
    /singleExamples: expected examples >= 1, got 0/,
  );
});

it.each([
  [5, [5]],
  [29, [29]],
  [30, [10, 10, 10]],
  [95, Array(9).fill(10)],
  [1000, Array(9).fill(10)],
])('makes of %i examples minibatches of %j, none of which share an example', (examples, sizes) => {
  const batches = minibatchesOfTen(examples, {generator: createGenerator(1)});
  expect(batches.map(({length}) => length)).toEqual(sizes);
  const all = batches.flatMap((batch) => [...batch]);
  expect(new Set(all).size).toBe(all.length);
  expect(Math.max(...all)).toBeLessThan(examples);
});
