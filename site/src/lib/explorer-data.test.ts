import {recordSet} from '@minefield/results';
import {syntheticSweep} from '@minefield/results/testing';
import type {ExperimentSpec} from '@minefield/spec';
import {expect, it} from 'vitest';
import {explorerExperiment} from './explorer-data.ts';

async function halfWidthOf(changed: Partial<ExperimentSpec>): Promise<number | undefined> {
  const sweep = syntheticSweep({seeds: [1], poisonFactors: [0], analyses: []});
  const record = sweep.find(({kind}) => kind === 'experiment');
  if (record?.kind !== 'experiment') throw new Error('expected an experiment');
  const records = recordSet(sweep);
  const experiment = {
    record: {...record, spec: {...record.spec, ...changed}},
    records,
    analyses: [],
    done: sweep.length - 1,
    files: new Map(),
    addresses: new Map(records.runs().map(({identity}) => [identity, identity])),
  };
  return (await explorerExperiment(experiment, 'no-such-results'))?.halfWidth;
}

it('has boundaries drawn on the square of the records', async () => {
  const boundary = {halfWidth: 1.2, size: 160, seeds: [1]};
  expect(await halfWidthOf({analyses: {boundary}})).toBe(1.2);
});

it('has them drawn with some room around the points where none were recorded', async () => {
  // The outer circle has a radius of 0.95.
  const circles = {name: 'concentric-circles', train: 130, test: 1000} as const;
  const width = await halfWidthOf({dataset: circles, analyses: {}});
  expect(width).toBeGreaterThan(1);
  expect(width).toBeLessThan(1.2);
});
