import {createGenerator} from '@minefield/core';
import {expect, it} from 'vitest';
import {singleExamples} from './single-examples.ts';

it('draws different examples, one a batch, and no more than there are or than are of use', () => {
  const few = singleExamples(5, createGenerator(1)).map((batch) => [...batch]);
  expect(few.flat().toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  const many = singleExamples(1000, createGenerator(1));
  expect(many).toHaveLength(31);
  expect(new Set(many.map(([example]) => example)).size).toBe(31);
  expect(() => singleExamples(0, createGenerator(1))).toThrow(
    /singleExamples: expected examples >= 1, got 0/,
  );
});
