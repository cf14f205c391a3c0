import {createGenerator, type Dataset, datasetFingerprint} from '@minefield/core';
import {expect, test} from 'vitest';
import {toySplits} from './toy-splits.ts';

function keys({inputs, size}: Dataset): string[] {
  return Array.from({length: size}, (_, i) => `${inputs[2 * i]},${inputs[2 * i + 1]}`);
}

test('has 200 points to train on and 200 to test on, half of each class', () => {
  const {train, test: testing} = toySplits(1);
  for (const {labels, size} of [train, testing]) {
    expect(size).toBe(200);
    expect(labels.reduce((sum, label) => sum + label, 0)).toBe(100);
  }
});

test('train, test, fresh points and a thousand steps of poison share no point', () => {
  const {train, test: testing, fresh, samplePoisonInto} = toySplits(1);
  const generator = createGenerator(1, 'poison');
  const poison = {...train, inputs: new Float32Array(400), labels: new Uint8Array(200)};
  const seen = [...keys(train), ...keys(testing), ...keys(fresh(10_000))];
  const others = new Set(seen);
  expect(others.size).toBe(seen.length);
  for (let step = 0; step < 1000; step++) {
    samplePoisonInto(poison.inputs, poison.labels, generator);
    expect(keys(poison).some((key) => others.has(key))).toBe(false);
  }
});

test('no part depends on the size of another', () => {
  const usual = toySplits(1);
  const other = toySplits(1, {train: 10});
  expect(other.train.size).toBe(10);
  expect(other.test).toEqual(usual.test);
  expect(other.fresh(50)).toEqual(usual.fresh(50));
  expect(toySplits(1, {test: 10}).train).toEqual(usual.train);
});

test('fresh points are the same at every call', () => {
  const {fresh} = toySplits(2);
  expect(fresh(100)).toEqual(fresh(100));
});

test('a seed keeps its data from release to release, and seeds differ', () => {
  expect(toySplits(1).fingerprint).toMatchInlineSnapshot(
    `"2279dcb23f337fd229663c4a4e7b58cb637df92b6174eb6d9e801666e12d1636"`,
  );
  expect(datasetFingerprint(toySplits(1).fresh(10_000))).toMatchInlineSnapshot(
    `"de0238e38a364365940dc87cd9986aa5f7e0eaf9edc5b73cb8645dca0142e135"`,
  );
  expect(new Set([1, 2, 3].map((seed) => toySplits(seed).fingerprint)).size).toBe(3);
});

test('options reach every part, poison included', () => {
  const {train, test: testing, fresh, samplePoisonInto, fingerprint} = toySplits(1, {noise: 0, growth: 0});
  const inputs = new Float32Array(4).fill(1);
  samplePoisonInto(inputs, new Uint8Array(2), createGenerator(1));
  const all = [...train.inputs, ...testing.inputs, ...fresh(5).inputs, ...inputs];
  expect(all.every((x) => x === 0)).toBe(true);
  expect(fingerprint).not.toBe(toySplits(1).fingerprint);
});
