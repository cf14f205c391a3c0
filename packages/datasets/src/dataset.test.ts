import {expect, test} from 'vitest';
import {type Dataset, datasetFingerprint, selectExamples} from './dataset.ts';

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

test('datasetFingerprint sees inputs, labels, shape and classes, and not the name', () => {
  const original = datasetFingerprint(dataset);
  expect(original).toMatch(/^[0-9a-f]{64}$/);
  expect(datasetFingerprint({...dataset, name: 'other'})).toBe(original);
  const changed: Dataset[] = [
    {...dataset, inputs: dataset.inputs.with(3, 3.0000002)},
    {...dataset, labels: Uint8Array.of(0, 1, 1)},
    {...dataset, inputShape: [4]},
    {...dataset, classes: 4},
  ];
  const all = [original, ...changed.map(datasetFingerprint)];
  expect(new Set(all).size).toBe(all.length);
});
