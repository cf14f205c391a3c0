import {toySplits} from '@minefield/datasets';
import {expect, it} from 'vitest';
import {alteredExamples} from './altered-examples.ts';

const {train, samplePoisonInto} = toySplits(1, {train: 40, test: 2});
const data = {train, poison: samplePoisonInto};
const altered = (alteration: {trainExamples?: number; labelNoise?: number}, classes = 2) =>
  alteredExamples(data, 2, {classes, seed: 1, ...alteration});
const turnedOf = (labelNoise: number, classes = 2): Map<number, number> => {
  const {labels} = altered({labelNoise}, classes);
  return new Map(
    Array.from(labels, (label, i): [number, number] => [i, label]).filter(
      ([i, label]) => label !== train.labels[i],
    ),
  );
};

it('is the set itself where nothing is asked', () => {
  const {inputs, labels} = altered({});
  expect(inputs).toEqual(train.inputs);
  expect(Array.from(labels)).toEqual(Array.from(train.labels));
});

it('begins with the set where it is larger, and with itself where it is smaller', () => {
  const [small, large, larger] = [10, 60, 80].map((trainExamples) => altered({trainExamples}));
  expect(small?.inputs).toEqual(train.inputs.subarray(0, 20));
  expect(large?.inputs.subarray(0, 80)).toEqual(train.inputs);
  expect(larger?.inputs.subarray(0, 120)).toEqual(large?.inputs);
  expect(Array.from(larger?.labels ?? []).slice(0, 60)).toEqual(Array.from(large?.labels ?? []));
  expect(new Set(larger?.inputs).size).toBeGreaterThan(150);
});

it('turns as many labels as asked, those of less noise among those of more', () => {
  const [less, more] = [turnedOf(0.1, 10), turnedOf(0.5, 10)];
  expect(less.size).toBe(4);
  expect(more.size).toBe(20);
  for (const [i, label] of less) expect(more.get(i)).toBe(label);
  expect(turnedOf(1).size).toBe(40);
  expect(Math.max(...turnedOf(1, 10).values())).toBeLessThan(10);
});

it('leaves the set as it was', () => {
  const before = train.labels.slice();
  altered({labelNoise: 1});
  expect(train.labels).toEqual(before);
});
