import {expect, test} from 'vitest';
import {type Dataset, datasetFingerprint} from './dataset.ts';

const dataset: Dataset = {
  name: 'tiny images',
  inputs: Float32Array.from({length: 12}, (_, i) => i),
  labels: Uint8Array.of(0, 2, 1),
  inputShape: [2, 2],
  classes: 3,
  size: 3,
};

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
