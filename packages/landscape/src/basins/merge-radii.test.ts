import {describe, expect, it} from 'vitest';
import type {BasinRadii, CutoffRadii} from './basin-radii.ts';
import {mergeRadii} from './merge-radii.ts';

const cutoff: CutoffRadii = {
  cutoff: {kind: 'loss', value: 0.5},
  threshold: 0.5,
  applicable: true,
  radii: Float64Array.of(1, 2),
  censored: 0,
  undefinedRays: 0,
};
const first: BasinRadii = {
  anchorLoss: 0.1,
  dimension: 5,
  logDeterminant: 0.7,
  maximum: 3,
  from: 0,
  directions: 2,
  tolerance: 0.02,
  toleranceReached: 0.01,
  evaluations: 20,
  cutoffs: [cutoff],
};
const second: BasinRadii = {...first, from: 2};

describe('mergeRadii', () => {
  it.each<Partial<BasinRadii>>([
    {anchorLoss: 0.2},
    {dimension: 6},
    {logDeterminant: 0.8},
    {maximum: 4},
    {tolerance: 0.03},
    {cutoffs: [{...cutoff, cutoff: {kind: 'excess', value: 0.5}}]},
    {cutoffs: [{...cutoff, cutoff: {kind: 'loss', value: 0.6}}]},
    {cutoffs: [cutoff, cutoff]},
  ])('refuses a part that differs by %o', (change) => {
    expect(mergeRadii([first, second]).directions).toBe(4);
    expect(() => mergeRadii([first, {...second, ...change}])).toThrow(/expected one measurement/);
  });

  it('reached the worse tolerance of the two, whichever part has it', () => {
    const worse = {toleranceReached: 0.015};
    expect(mergeRadii([first, {...second, ...worse}])).toMatchObject(worse);
    expect(mergeRadii([{...first, ...worse}, second])).toMatchObject(worse);
  });
});
