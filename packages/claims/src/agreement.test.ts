import {expect, it} from 'vitest';
import {agreeable, syntheticSweep} from '../test/synthetic-sweep.ts';
import {agreementOf} from './agreement.ts';

const {experiment, records} = syntheticSweep((b, seed) => ({
  ...agreeable(b, seed),
  // Falls with the poison for one seed and rises for the others; unknown at the clean end.
  stretchedLogVolume: b === 0 ? null : seed === 1 ? -b : b,
}));
const agreement = agreementOf(experiment, records);
const rho = (first: string, second: string): number | null | undefined =>
  agreement.rho[agreement.quantities.indexOf(first)]?.[agreement.quantities.indexOf(second)];

it('ranks every network by every quantity, and says how many have both', () => {
  expect(agreement).toMatchObject({experiment: 'toy', networks: 60, cutoff: 0.5});
  expect(agreement.quantities).toEqual([
    'poison factor',
    'generalization gap',
    'mean margin',
    'largest eigenvalue',
    'log volume, random rays',
    'stable statistic',
    'log volume, stretched rays',
  ]);
  expect(rho('generalization gap', 'generalization gap')).toBeCloseTo(1, 12);
  expect(rho('log volume, random rays', 'stable statistic')).toBeCloseTo(1, 12);
  expect(rho('poison factor', 'largest eigenvalue')).toBeCloseTo(1, 2);
  expect(rho('mean margin', 'log volume, random rays')).toBeGreaterThan(0.99);
  const last = agreement.quantities.length - 1;
  expect(agreement.pairs[0]?.slice(-2)).toEqual([60, 57]);
  expect(agreement.pairs[last]?.[last]).toBe(57);
});

it('leaves out the same runs of another experiment', () => {
  const other = records.map((record) => ({...record, experiment: 'other'}));
  expect(agreementOf(experiment, [...records, ...other])).toEqual(agreement);
});

it('gives the median of each level', () => {
  const {levels, quantities} = agreement;
  expect(levels).toHaveLength(20);
  // Seeds 1, 2 and 3 differ by 1.
  const column = quantities.indexOf('log volume, random rays');
  expect(levels.at(-1)?.medians[column]).toBe(agreeable(0.8, 2).logVolume);
  expect(levels[0]?.medians.at(-1)).toBeNull();
});

it('is symmetric, and not certain where seeds go different ways', () => {
  agreement.rho.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(agreement.rho[j]?.[i])));
  const torn = rho('poison factor', 'log volume, stretched rays') ?? Number.NaN;
  expect(torn).toBeGreaterThan(0);
  expect(torn).toBeLessThan(0.7);
});

it('has no correlation of two networks', () => {
  const two = records.filter(
    (record) => record.kind !== 'experiment' && record.seed === 1 && [0, 0.8].includes(record.poisonFactor),
  );
  const few = agreementOf(experiment, two);
  expect(few.networks).toBe(2);
  expect(few.rho.flat().every((value) => value === null)).toBe(true);
});

it('counts the largest eigenvalues that a millionth of the weights moves by more than a tenth, and twofold', () => {
  expect(agreement.steadiness).toBeNull();
  const spreads = new Map([
    [1, {median: 100, low: 99, high: 101}],
    [2, {median: 100, low: 80, high: 120}],
    [3, {median: 100, low: 50, high: 101}],
  ]);
  const moved = records.map((record) => {
    const spread = record.kind === 'analysis' ? spreads.get(record.seed) : undefined;
    if (record.kind !== 'analysis' || record.analysis !== 'curvature' || spread === undefined) return record;
    const underMoves = {moves: 8, size: 1e-6, relative: spread, raw: spread};
    return {...record, data: {...record.data, underMoves}};
  });
  const found = agreementOf(experiment, moved);
  expect(found.steadiness).toEqual({networks: 60, beyondTenth: 40, twofold: 20});
  expect(found.quantities).toContain('the same, weights moved');
});
