import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {experimentOf} from '../../test/experiment-of.ts';
import {circlesIn} from './circles.ts';

/** A network on so many points whose log volume on the common ones is so many decades. */
function trained(examples: number, decades: number) {
  const record = syntheticAnalysis('alternatives', syntheticRun({experiment: 'circles'}));
  const {own, final} = record.data;
  if (own === null || final === null) throw new Error('a synthetic network that diverged');
  const cutoffs = own.cutoffs.map((cutoff) => ({
    ...cutoff,
    kind: 'loss' as const,
    value: 0.5,
    stableLogVolume: decades * Math.LN10,
  }));
  const identity = `${examples}`;
  return {...record, identity, data: {...record.data, own: {...own, examples}, reference: {...own, cutoffs}}};
}

it('has both networks, with the smallest margin of each and the volumes on the points that both have seen', () => {
  const [run, spared] = ['circles', 'circles-wide'].map((experiment) => syntheticRun({experiment}));
  if (run === undefined || spared === undefined) throw new Error('no runs');
  const margin = syntheticAnalysis('margin', spared);
  const found = circlesIn([
    experimentOf('circles', [run, trained(130, -30), trained(120, 46)]),
    experimentOf('circles-wide', [spared, margin]),
  ]);
  expect(found?.all).toMatchObject({points: 130, smallest: null, mean: null});
  expect(found?.all.volume).toBeCloseTo(-30, 9);
  expect(found?.without).toMatchObject({points: 120, smallest: margin.data.minimum, mean: margin.data.mean});
  expect(found?.without.volume).toBeCloseTo(46, 9);
});

it('is nothing where no network was trained', () => {
  expect(circlesIn([])).toBeNull();
});
