import {InputError} from '@minefield/core';
import {expect, it} from 'vitest';
import {checkGraph} from './check-graph.ts';
import {weightGroups} from './weights-manifest.ts';

const names = (count: number): string[] => Array.from({length: count}, (_, i) => `n${i}`);

const layers = (count: number): void =>
  checkGraph({layers: names(count).map((name) => ({name, config: {name}, inbound_nodes: []}))});

/** In two groups, of which neither has too many. */
const files = (count: number): unknown => {
  const [first = '', ...others] = names(count);
  return weightGroups([
    {paths: [first], weights: []},
    {paths: others, weights: []},
  ]);
};

const weights = (count: number): unknown => {
  const [first, ...others] = names(count).map((name) => ({name, shape: [0], dtype: 'float32'}));
  return weightGroups([
    {paths: [], weights: [first]},
    {paths: [], weights: others},
  ]);
};

it.each<[what: string, make: (count: number) => unknown, most: number]>([
  ['layers', layers, 5000],
  ['files of weights', files, 10_000],
  ['weights', weights, 20_000],
])('a saved model has so many %s and no more', (what, make, most) => {
  expect(() => make(most)).not.toThrow();
  const attempt = (): unknown => make(most + 1);
  expect(attempt).toThrow(InputError);
  expect(attempt).toThrow(
    `models.loadSavedLayersModel: expected at most ${most} ${what}, got ${most + 1}; the file is damaged`,
  );
});
