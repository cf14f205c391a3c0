import {createGenerator} from '@minefield/core';
import {expect, it} from 'vitest';
import {poisonFromExamples, poisonInEpochs} from './network-task.ts';

it('gives every example of a set once before any comes again, in orders that differ', () => {
  const set = {
    inputs: Float32Array.from({length: 12}, (_, i) => i),
    labels: Uint8Array.from({length: 12}, (_, i) => i),
  };
  const source = poisonInEpochs(set, 1);
  const generator = createGenerator(1);
  const drawn: number[] = [];
  // Seven batches of 5 are three epochs of 12, less one example.
  for (let step = 0; step < 7; step++) {
    const [inputs, labels] = [new Float32Array(5), new Uint8Array(5)];
    source(inputs, labels, generator, step);
    expect([...inputs]).toEqual([...labels]);
    drawn.push(...labels);
  }
  const all = [...set.labels];
  const epochs = [drawn.slice(0, 12), drawn.slice(12, 24)];
  for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual(all);
  expect(new Set(drawn.slice(24)).size).toBe(11);
  expect(epochs[0]).not.toEqual(epochs[1]);
});

it.each([poisonInEpochs, poisonFromExamples])('refuses a set without examples: %o', (sourceOf) => {
  expect(() => sourceOf({inputs: new Float32Array(), labels: []}, 1)).toThrow(/at least one poison example/);
});
