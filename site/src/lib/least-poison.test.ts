import {syntheticRun} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {experimentOf} from '../../test/experiment-of.ts';
import {balanceIn, isMatterOfTime, leastPoisonIn, risesIn} from './least-poison.ts';
import type {Experiment} from './load-results.ts';

/** Clean training loss of every network. */
const LOSS = 4e-6;

function gapsOf(name: string, steps: number, gaps: Readonly<Record<number, readonly number[]>>): Experiment {
  const runs = Object.entries(gaps).flatMap(([poisonFactor, ofLevel]) =>
    ofLevel.map((generalizationGap, i) => {
      const run = syntheticRun({experiment: name, poisonFactor: Number(poisonFactor), seed: i + 1});
      const {final} = run.data;
      if (final === null) throw new Error('a synthetic network that diverged');
      return {
        ...run,
        spec: {...run.spec, recipe: {...run.spec.recipe, steps}},
        data: {...run.data, final: {...final, generalizationGap, trainLoss: LOSS}},
      };
    }),
  );
  return experimentOf(name, runs);
}

it('has a row of median gaps for each length of training, the shortest first', () => {
  const found = leastPoisonIn([
    gapsOf('small-poison', 100, {0: [0.1, 0.2, 0.6], 1e-5: [0.3], 8e-5: [0.5]}),
    gapsOf('toy', 100, {0: [0.9]}),
    gapsOf('small-poison-short', 25, {0: [0.4], 8e-5: [0.2, 0.4]}),
  ]);
  expect(found?.levels).toEqual([0, 1e-5, 8e-5]);
  expect(found?.rows).toEqual([
    {steps: 25, seeds: 2, gaps: [0.4, null, expect.closeTo(0.3, 12)], losses: [LOSS, null, LOSS]},
    {steps: 100, seeds: 3, gaps: [0.2, 0.3, 0.5], losses: [LOSS, LOSS, LOSS]},
  ]);
  expect(found?.saturated).toBeNull();
});

it('has nothing to say of other experiments', () => {
  expect(leastPoisonIn([gapsOf('toy', 100, {0: [0.9]})])).toBeNull();
});

it('follows the gap from no poison to the least and the most, where all three are known', () => {
  const found = leastPoisonIn([
    gapsOf('small-poison', 100, {0: [0.02], 1e-6: [0.24], 8e-5: [0.3]}),
    gapsOf('small-poison-short', 25, {0: [0.02], 1e-6: [0.03], 8e-5: [0.15]}),
    gapsOf('small-poison-long', 400, {0: [0.02], 8e-5: [0.3]}),
  ]);
  expect(found?.saturated).toBe(400);
  expect(found && balanceIn(found, 100)).toEqual({
    clean: LOSS,
    least: expect.closeTo(0.05, 12),
    most: expect.closeTo(4, 12),
  });
  expect(found && balanceIn(found, 50)).toBeNull();
  const rises = found === null ? [] : risesIn(found);
  expect(rises).toEqual([
    {steps: 25, none: 0.02, least: 0.03, most: 0.15},
    {steps: 100, none: 0.02, least: 0.24, most: 0.3},
  ]);
  expect(isMatterOfTime(rises)).toBe(true);
  expect(isMatterOfTime(rises.slice(1))).toBe(false);
  expect(isMatterOfTime(rises.map((rise) => ({...rise, least: 0.03})))).toBe(false);
  expect(isMatterOfTime(rises.map((rise) => ({...rise, least: 0.14})))).toBe(false);
});
