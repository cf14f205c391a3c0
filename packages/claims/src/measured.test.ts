/** The numbers of claims say what their texts say. */
import {describe, expect, it} from 'vitest';
import {type Numbers, agreeable, broadSpec, syntheticSweep} from '../test/synthetic-sweep.ts';
import {type Claim, claimsSchema, parseClaims} from './claim.ts';
import type {ClaimMeasure} from './claim-measure.ts';
import {verifyClaims} from './verify.ts';

const bad = broadSpec.poisonFactors.at(-1) ?? 0;

function claimsOf(numbers: (poisonFactor: number, seed: number) => Numbers = agreeable): readonly Claim[] {
  const {experiment, records} = syntheticSweep(numbers, broadSpec);
  return verifyClaims(experiment, records).claims;
}

function measuresOf(id: number, claims: readonly Claim[]): readonly ClaimMeasure[] {
  return claims.find((claim) => claim.id === id)?.measures ?? [];
}

/** Whether a median lies where its criterion wants it. */
function holds({median, bound}: ClaimMeasure): boolean {
  if (bound === null) return true;
  return (
    typeof median === 'number' && median >= (bound.least ?? -Infinity) && median <= (bound.most ?? Infinity)
  );
}

describe('measures of claims', () => {
  it('are of the document that its own schema accepts, also once it was written', () => {
    const claims = claimsOf();
    expect(parseClaims(JSON.parse(JSON.stringify({claims})), 'here')).toEqual({claims});
    for (const {measures} of claims) expect(measures?.length).toBeGreaterThan(0);
  });

  it('may be missing, as in documents of older versions', () => {
    const older = claimsOf().map((item) => ({...item, measures: undefined}));
    expect(claimsSchema.safeParse({claims: older}).success).toBe(true);
  });

  it('lie within their bounds where a claim passes, and one beyond where it fails', () => {
    for (const {id, verdict, measures = []} of claimsOf()) {
      expect(verdict).toBe('pass');
      expect(measures.every(holds), `claim ${id}`).toBe(true);
      expect(
        measures.some(({bound}) => bound !== null),
        `claim ${id}`,
      ).toBe(true);
    }
    const failing = claimsOf((b, seed) => ({
      ...agreeable(b, seed),
      ...(b === bad ? {fresh: 0.5, eigenvalue: 1, radius: 31} : b === 0 ? {fresh: 0.9} : {}),
    }));
    for (const id of [1, 2, 5, 6]) {
      expect(failing.find((claim) => claim.id === id)?.verdict).toBe('fail');
      expect(measuresOf(id, failing).every(holds), `claim ${id}`).toBe(false);
    }
  });

  it('have a value for each seed, or for each level with its poison factor', () => {
    const claims = claimsOf();
    const [train, test] = measuresOf(1, claims);
    expect(train).toEqual({
      name: 'train accuracy',
      end: 'good',
      unit: 'fraction',
      by: 'seed',
      values: [1, 1, 1],
      median: 1,
      bound: {least: 1},
    });
    expect(test?.values).toEqual([0.99, 0.99, 0.99]);
    const gaps = measuresOf(3, claims).find(({by}) => by === 'level');
    expect(gaps?.poisonFactors).toEqual(broadSpec.poisonFactors);
    expect(gaps?.values).toHaveLength(broadSpec.poisonFactors.length);
  });

  it('say how much is known of what is not known exactly', () => {
    const diverged = claimsOf((b, seed) => ({...agreeable(b, seed), diverged: b === bad && seed === 1}));
    expect(measuresOf(2, diverged)[0]?.values[0]).toEqual({});
    const censored = claimsOf((b, seed) => ({...agreeable(b, seed), censored: b === 0 ? 1 : 0}));
    const [good, other] = measuresOf(6, censored);
    expect(good?.values).toEqual([{least: 30}, {least: 30}, {least: 30}]);
    expect(good?.median).toEqual({least: 30});
    expect(good?.bound).toEqual({least: other?.median});
  });

  it('are null where a record is missing', () => {
    const {experiment, records} = syntheticSweep();
    const [without] = measuresOf(
      1,
      verifyClaims(
        experiment,
        records.filter(({kind, ...record}) => !(kind === 'run' && 'seed' in record && record.seed === 2)),
      ).claims,
    );
    expect(without?.values).toEqual([1, null, 1]);
  });
});
