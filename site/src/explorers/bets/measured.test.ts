import {expect, it} from 'vitest';
import type {ExplorerRun} from '../data/experiment.ts';
import {decadesOfRoom, medians} from './measured.ts';

const run = (seed: number, poisonFactor: number, meanMargin: number | null, volume: number | null) =>
  ({seed, poisonFactor, meanMargin, stableLogVolume: [null, volume]}) as unknown as ExplorerRun;

const sweep = {
  levels: [0, 0.1, 0.8],
  cutoffs: [
    {kind: 'loss', value: 0.25},
    {kind: 'loss', value: 0.5},
  ],
  runs: [
    run(1, 0, 2, 100 * Math.LN10),
    run(2, 0, 4, 7),
    run(3, 0, 3, 90 * Math.LN10),
    run(1, 0.8, 1, -200 * Math.LN10),
    run(2, 0.8, null, null),
    run(3, 0.8, 1, -190 * Math.LN10),
  ],
};

it('takes the median over seeds at each level', () => {
  expect(medians(sweep, ({meanMargin}) => meanMargin)).toEqual([3, Number.NaN, 1]);
});

it('compares room seed by seed, where both ends were measured', () => {
  expect(decadesOfRoom(sweep)).toBeCloseTo(290, 10);
  expect(decadesOfRoom({...sweep, runs: []})).toBeNaN();
});
