import type {Dataset} from '@minefield/core';
import {expect, test} from 'vitest';
import {selectExamples} from './select-examples.ts';

const dataset: Dataset = {
  name: 'tiny images',
  inputs: Float32Array.from({length: 12}, (_, i) => i),
  labels: Uint8Array.of(0, 2, 1),
  inputShape: [2, 2],
  classes: 3,
  size: 3,
};

test('selectExamples copies whole examples in the order asked for', () => {
  const selected = selectExamples(dataset, [2, 0, 2], 'part');
  expect(selected).toEqual({
    name: 'part',
    inputs: Float32Array.of(8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11),
    labels: Uint8Array.of(1, 0, 1),
    inputShape: [2, 2],
    classes: 3,
    size: 3,
  });
  selected.inputs[0] = -1;
  expect(dataset.inputs[8]).toBe(8);
});

test.each([3, -1, 0.5])('selectExamples refuses the index %d', (index) => {
  expect(() => selectExamples(dataset, [index], 'part')).toThrow(/expected indices in 0\.\.2, got/);
});

test.each([
  ['too few inputs', new Float32Array(8)],
  ['inputs in a plain array', Array.from(dataset.inputs) as unknown as Float32Array],
])('selectExamples refuses a data set of %s', (_, inputs) => {
  expect(() => selectExamples({...dataset, inputs}, [2], 'part')).toThrow(
    /^datasets\.selectExamples: expected 12 inputs in a Float32Array for 3 examples of \[2,2\], got /,
  );
});
