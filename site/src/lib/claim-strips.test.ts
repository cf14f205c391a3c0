import type {ClaimMeasure} from '@minefield/claims';
import {expect, it} from 'vitest';
import {valueText} from './claim-scale.ts';
import {drawnClaim, rowsOf} from './claim-strips.ts';
import type {Claim} from './claims.ts';

const claim = (id: number, title: string, measures?: readonly ClaimMeasure[]): Claim => ({
  id,
  experiment: title,
  title,
  paper: 'p',
  ours: 'o',
  criterion: 'c',
  verdict: 'pass',
  records: [],
  anchor: `claim-${id}`,
  ...(measures && {measures}),
});

const accuracy: ClaimMeasure = {
  name: 'test accuracy',
  unit: 'fraction',
  by: 'seed',
  values: [0.98, 1, null, {least: 0.9}],
  median: 0.99,
  bound: {least: 0.98},
};

it('puts a claim on several data sets in one row, and names the data', () => {
  const rows = rowsOf([
    claim(1, 'Good minimum: it fits'),
    claim(8, 'SVHN: a bad one fits'),
    claim(8, 'House numbers: a bad one fits'),
  ]);
  expect(rows.map(({title, members}) => [title, members.map(({data}) => data)])).toEqual([
    ['Good minimum: it fits', [null]],
    ['A bad one fits', ['SVHN', 'House numbers']],
  ]);
});

it('places every number on one axis, with its bound at its place, and what is not known between its ends', () => {
  const one = claim(1, 'a', [accuracy]);
  const [group] = drawnClaim(one, [one]).groups;
  const strip = group?.strips[0];
  const [low, high, missing, half] = strip?.series[0]?.values ?? [];
  expect(low?.from).toBe(low?.to);
  expect(strip?.bounds).toEqual([{from: low?.from, to: 100, line: low?.from, text: '≥ 98%'}]);
  expect(high?.from).toBeGreaterThan(low?.from ?? 100);
  expect(missing).toEqual({from: null, to: null});
  expect(half?.from).toBeLessThan(low?.from ?? 0);
  expect(half?.to).toBeNull();
  for (const {at} of group?.ticks ?? []) expect(at >= 0 && at <= 100).toBe(true);
  expect(strip?.description).toContain('wanted ≥ 98%');
});

it('draws all claims of a row on the same axis', () => {
  const [one, other] = [
    claim(8, 'a', [accuracy]),
    claim(8, 'b', [{...accuracy, values: [0.1], median: 0.1}]),
  ];
  const place = (drawn: Claim): number | undefined =>
    drawnClaim(drawn, [one, other]).groups[0]?.strips[0]?.bounds[0]?.line;
  expect(place(one)).toBe(place(other));
});

it('is logarithmic where numbers span decades, and says radii as they are in the records', () => {
  const radius: ClaimMeasure = {
    ...accuracy,
    unit: 'relative',
    cutoff: '0.5',
    values: [0.01, 10],
    median: 1,
    bound: null,
  };
  const one = claim(6, 'a', [radius]);
  const [group] = drawnClaim(one, [one]).groups;
  expect(group?.logarithmic).toBe(true);
  expect(group?.strips[0]?.label).toBe('edge at loss 0.5');
  expect(group?.strips[0]?.series[0]?.medianText).toBe('1');
});

it('marks what stands beside a measure at the same cutoff', () => {
  const volume: ClaimMeasure = {
    ...accuracy,
    name: 'volume',
    unit: 'decades',
    cutoff: '1',
    values: [1, 2],
    median: 1,
  };
  const one = claim(10, 'a', [volume, {...volume, name: 'stable statistic', bound: null}]);
  const drawn = drawnClaim(one, [one]);
  expect(drawn.names).toEqual(['volume', 'stable statistic']);
  expect(drawn.groups[0]?.strips).toHaveLength(1);
  expect(drawn.groups[0]?.strips[0]?.series.map(({rank}) => rank)).toEqual([0, 1]);
});

it('shows levels from least to most poison', () => {
  const gaps: ClaimMeasure = {
    ...accuracy,
    by: 'level',
    values: [0.1, 0.9],
    poisonFactors: [0, 0.8],
    bound: null,
  };
  const one = claim(3, 'a', [gaps]);
  const [levels] = drawnClaim(one, [one]).levels;
  expect(levels).toMatchObject({first: 'β = 0', last: 'β = 0.8', low: '10%', high: '90%'});
  expect(levels?.dots[1]?.y.from).toBeGreaterThan(levels?.dots[0]?.y.from ?? 100);
});

it('writes numbers by their unit', () => {
  expect([
    valueText('correlation', -0.954),
    valueText('decades', 12214.1),
    valueText('fraction', 0.5),
  ]).toEqual(['−0.95', '12,200', '50%']);
});

it('gives a median that would be rounded to its bound a digit more', () => {
  const textOf = (median: number): string | null | undefined => {
    const one = claim(1, 'a', [{...accuracy, median}]);
    return drawnClaim(one, [one]).groups[0]?.strips[0]?.series[0]?.medianText;
  };
  expect([0.9796, 0.98, 0.9824, 0.9804].map(textOf)).toEqual(['97.96%', '98%', '98.2%', '98.04%']);
});
