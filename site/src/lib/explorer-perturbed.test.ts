import {recordSet} from '@minefield/results';
import {syntheticSweep} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {logitsFrom, placeText} from '../explorers/perturbed/perturbed-data.ts';
import {perturbedDirection, perturbedDirections} from './explorer-perturbed.ts';
import type {Experiment} from './load-results.ts';

function made(options: Parameters<typeof syntheticSweep>[0]): Experiment {
  const sweep = syntheticSweep({seeds: [1], poisonFactors: [0, 0.08, 0.8], ...options});
  const record = sweep.find(({kind}) => kind === 'experiment');
  if (record?.kind !== 'experiment') throw new Error('expected an experiment');
  return {
    record,
    records: recordSet(sweep),
    analyses: [],
    done: sweep.length - 1,
    files: new Map(),
    addresses: new Map(),
  };
}

const toy = made({});

it('has of both ends of the sweep what their records have, in radii of each', () => {
  expect(perturbedDirections(toy)).toBe(2);
  const found = perturbedDirection(toy, 1);
  expect(found.radii).toEqual([-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]);
  expect(found.points.label).toHaveLength(200);
  expect(found.networks.map(({poisonFactor}) => poisonFactor)).toEqual([0, 0.8]);
  const [record] = toy.records.analyses('perturbation', {poisonFactor: 0.8});
  const [run] = toy.records.runs({poisonFactor: 0.8});
  const along = record?.data.directions[1];
  const bad = found.networks[1];
  expect(bad?.radius).toBeCloseTo((record?.data.radius ?? 0) * Math.sqrt(run?.model.weights ?? 0), 10);
  expect(bad?.steps.map(({loss}) => loss)).toEqual(along?.trainLoss);
  expect(bad?.steps.map(({curvature}) => curvature)).toEqual(along?.curvature);
  expect(bad?.steps.map(({wrong}) => wrong)).toEqual(along?.wrong);
  for (const [t, step] of (bad?.steps ?? []).entries()) {
    const kept = logitsFrom(step.logits);
    expect(kept).toHaveLength(found.size ** 2);
    for (const [k, odds] of (along?.logits[t] ?? []).entries()) {
      // Half of the way from one letter to the next.
      expect(Math.abs((kept[k] ?? Number.NaN) - Math.max(-6, Math.min(6, odds)))).toBeLessThan(0.0991);
    }
  }
});

it('is nothing where there is one end alone, or no points to draw', () => {
  expect(perturbedDirections(made({poisonFactors: [0.8]}))).toBe(0);
  expect(perturbedDirections(made({analyses: ['perturbation']}))).toBe(0);
  expect(perturbedDirections(made({analyses: ['boundary']}))).toBe(0);
});

it('says where a step lies', () => {
  expect([0, 1.2, -1, undefined].map(placeText)).toEqual([
    'at the minimum',
    'at 1.2 radii',
    'at −1 radius',
    'at the minimum',
  ]);
});
