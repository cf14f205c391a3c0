import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {toyProfiles} from '@minefield/spec';
import {expect, it} from 'vitest';
import {experimentOf} from '../../test/experiment-of.ts';
import {leverPresets} from './lever-presets.ts';

/** Two levels of one seed whose stable log volumes at a loss of 0.5 are these. */
function presetsOf(good: number, bad: number) {
  const records = [good, bad].flatMap((volume, level) => {
    const run = syntheticRun({experiment: 'toy', seed: 1, poisonFactor: level});
    const basin = syntheticAnalysis('basin', run);
    const cutoffs = basin.data.cutoffs.map((cutoff) => ({
      ...cutoff,
      relative: cutoff.relative && {...cutoff.relative, stableLogVolume: volume},
    }));
    return [run, {...basin, data: {...basin.data, dimension: 1000, cutoffs}}];
  });
  const experiment = experimentOf('toy', records);
  return leverPresets([{...experiment, record: {...experiment.record, spec: toyProfiles.full}}]);
}

it('sets the lever to a pair of minima', () => {
  expect(presetsOf(-100, -200)).toMatchObject([{name: 'Toy network', volumes: [[-100, -200]]}]);
});

it('leaves out a pair whose bad basin is no smaller, which the lever cannot show', () => {
  expect(presetsOf(-200, -100)).toEqual([]);
  expect(presetsOf(-100, -100)).toEqual([]);
});
