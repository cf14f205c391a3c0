import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {groupRuns} from './group-runs.ts';
import {type RunJob, runJob} from './job.ts';
import {toyProfiles} from '@minefield/spec';

function jobs(count: number, steps = 10): RunJob[] {
  const {dataset, model, initialization, recipe} = toyProfiles.quick;
  return Array.from({length: count}, (_, seed) =>
    runJob(
      {experiment: 'toy', seed, poisonFactor: 0, dataset: 'f', numerics: 'portable'},
      {dataset, model, initialization, recipe: {...recipe, steps}},
    ),
  );
}

describe('groupRuns', () => {
  it('keeps every worker busy before it fills a group', () => {
    expect(groupRuns(jobs(6), 2, 8).map((group) => group.length)).toEqual([3, 3]);
    expect(groupRuns(jobs(40), 2, 8).map((group) => group.length)).toEqual([6, 7, 7, 6, 7, 7]);
    expect(groupRuns(jobs(1), 4, 8).map((group) => group.length)).toEqual([1]);
  });

  it('never trains networks of different recipes side by side', () => {
    const groups = groupRuns([...jobs(3, 10), ...jobs(3, 20)], 1, 8);
    expect(groups.map((group) => new Set(group.map(({spec}) => spec.recipe.steps)).size)).toEqual([1, 1]);
  });

  it('trains networks side by side that were broken off at the same step', () => {
    const all = jobs(6);
    const steps = new Map(all.slice(2, 4).map(({identity}) => [identity, 7]));
    const groups = groupRuns(all, 1, 8, steps);
    expect(groups.map((group) => group.map(({seed}) => seed))).toEqual([
      [0, 1, 4, 5],
      [2, 3],
    ]);
  });

  it('puts each run into one group, and no more than allowed into any', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({min: 1, max: 8}),
        fc.integer({min: 1, max: 16}),
        (count, workers, networks) => {
          const all = jobs(count);
          const groups = groupRuns(all, workers, networks);
          expect(groups.flat().map(({identity}) => identity)).toEqual(all.map(({identity}) => identity));
          expect(groups.every(({length}) => length >= 1 && length <= networks)).toBe(true);
        },
      ),
      {numRuns: 50},
    );
  });
});
