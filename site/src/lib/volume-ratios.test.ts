import {expect, it} from 'vitest';
import type {Claim} from './claims.ts';
import {leastDecades} from './volume-ratios.ts';

type Measure = NonNullable<Claim['measures']>[number];

function claimsOf(...measures: readonly Pick<Measure, 'median' | 'bound'>[]): Claim[] {
  const whole = measures.map((measure) => ({name: '', unit: 'decades', by: 'seed', values: [], ...measure}));
  return [{id: 10, experiment: 'large', measures: whole} as unknown as Claim];
}

const bound = {least: 10_000};

it('is the fewest that the criterion is about, a lower end where that is all that is known', () => {
  const claims = claimsOf(
    {median: 75_000, bound},
    {median: {least: 58_000}, bound},
    {median: 900, bound: null},
  );
  expect(leastDecades(claims, 'large')).toBe(58_000);
  expect(leastDecades(claims, 'other')).toBeNull();
});

it('is nothing where one of them is not known, or none is told', () => {
  expect(leastDecades(claimsOf({median: 75_000, bound}, {median: null, bound}), 'large')).toBeNull();
  expect(leastDecades(claimsOf({median: 75_000, bound}, {median: {most: 3}, bound}), 'large')).toBeNull();
  expect(leastDecades(claimsOf(), 'large')).toBeNull();
});
