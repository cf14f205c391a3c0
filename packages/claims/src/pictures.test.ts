import {describe, expect, it} from 'vitest';
import {brokenAt} from '../test/broken-at.ts';
import {type Numbers, agreeable, syntheticSweep} from '../test/synthetic-sweep.ts';
import {houseNumbersProfiles} from '@minefield/spec';
import {resNetProfiles} from '@minefield/spec';
import type {Claim} from './claim.ts';
import {verifyAll, verifyClaims} from './verify.ts';

const spec = houseNumbersProfiles.cpu;

/** Numbers by which every claim on pictures of the paper's size holds; a seed's volumes differ by thousands of decades. */
function telling(poisonFactor: number, seed: number): Numbers {
  const numbers = agreeable(poisonFactor, seed);
  const far = 60_000 * poisonFactor;
  return {
    ...numbers,
    train: 1,
    test: 0.9 - 0.7 * poisonFactor,
    fresh: 0.9 - 0.7 * poisonFactor,
    logVolume: -far,
    stableLogVolume: -far,
    stretchedLogVolume: -far,
  };
}

function claimsOf(
  numbers: (poisonFactor: number, seed: number) => Numbers,
  weights: number,
): readonly Claim[] {
  const {experiment, records} = syntheticSweep(numbers, spec);
  const sized = records.map((record) =>
    record.kind === 'run' ? {...record, model: {...record.model, weights}} : record,
  );
  return verifyClaims(experiment, sized).claims;
}

function verdicts(claims: readonly Claim[]): string[] {
  return claims.map(({id, verdict}) => `${id} ${verdict}`);
}

describe('claims on pictures', () => {
  it('pass where ends fit, tests part, gaps rise and volumes differ by 10,000 decades', () => {
    const claims = claimsOf(telling, 270_000);
    expect(verdicts(claims)).toEqual(['8 pass', '9 pass', '10 pass', '13 undecided']);
    expect(claims[2]?.ours).toContain('stable statistic 26100 (26100, 26100, 26100, 26100, 26100), ');
    expect(claims[2]?.ours).toContain('with the gap over 6 levels -1.00, in raw coordinates ');
  });

  it('fail where a bad minimum does not fit, or generalizes after all', () => {
    const loose = claimsOf((b, seed) => ({...telling(b, seed), train: b === 1 ? 0.98 : 1}), 270_000);
    expect(loose[0]?.verdict).toBe('fail');
    const near = claimsOf((b, seed) => ({...telling(b, seed), test: 0.9 - 0.4 * b}), 270_000);
    expect(near[0]?.verdict).toBe('fail');
  });

  it('fail where the ratio falls short, and stay undecided where the estimates disagree in sign', () => {
    const short = claimsOf((b, seed) => ({...telling(b, seed), stableLogVolume: -20_000 * b}), 270_000);
    expect(short[2]?.verdict).toBe('fail');
    const ofOneRay = claimsOf((b, seed) => ({...telling(b, seed), logVolume: -20_000 * b}), 270_000);
    expect(ofOneRay[2]?.verdict).toBe('pass');
    const torn = claimsOf((b, seed) => ({...telling(b, seed), stretchedLogVolume: 100 * b}), 270_000);
    expect(torn[2]?.verdict).toBe('undecided');
    const tornByOneRay = claimsOf((b, seed) => ({...telling(b, seed), logVolume: 100 * b}), 270_000);
    expect(tornByOneRay[2]?.verdict).toBe('undecided');
  });

  it.each(brokenAt)(
    'ask for the ratio at every fixed cutoff: $cutoff.kind $cutoff.value → $verdict',
    ({isThere, verdict}) => {
      const claims = claimsOf(
        (b, seed) => ({
          ...telling(b, seed),
          at: (cutoff) => (isThere(cutoff) ? {stableLogVolume: -20_000 * b} : {}),
        }),
        270_000,
      );
      expect(claims[2]?.verdict).toBe(verdict);
    },
  );

  it('ask for stretched rays where the sweep has them', () => {
    const {preconditioned: _, ...analyses} = resNetProfiles.cpu.analyses;
    const {experiment, records} = syntheticSweep(telling, {...resNetProfiles.cpu, analyses});
    const own = records
      .filter((record) => record.kind !== 'analysis' || record.analysis !== 'preconditioned')
      .map((record) =>
        record.kind === 'run' ? {...record, model: {...record.model, weights: 270_000}} : record,
      );
    const volumes = verifyClaims(experiment, own).claims.find(({id}) => id === 10);
    expect(volumes?.verdict).toBe('pass');
    expect(volumes?.ours).not.toContain('stretched');
  });

  it('of several experiments stand beside each other, by number', () => {
    const sweeps = [spec, {...spec, experiment: 'svhn'}].map((one) => syntheticSweep(telling, one));
    const {claims} = verifyAll(
      sweeps.map(({experiment}) => experiment),
      sweeps.flatMap(({records}) => records),
    );
    expect(claims.map(({id, experiment}) => `${id} ${experiment}`)).toEqual([
      '8 house-numbers',
      '8 svhn',
      '9 house-numbers',
      '9 svhn',
      '10 house-numbers',
      '10 svhn',
      '11 minefield',
      '13 house-numbers',
      '13 svhn',
    ]);
  });

  it('see no trend in two levels, and say which network it is', () => {
    const {experiment, records} = syntheticSweep(telling, resNetProfiles.cpu);
    const {claims} = verifyClaims(experiment, records);
    expect(claims.map(({id}) => id)).toEqual([8, 10]);
    expect(claims[0]?.title).toBe('House numbers, ResNet-20: a bad minimum fits as well as a good one');
  });

  it('leave the ratio of a smaller network undecided, and say how it fares by the dimension', () => {
    const [, , claim] = claimsOf(telling, 60_528);
    expect(claim?.verdict).toBe('undecided');
    expect(claim?.ours).toContain('asked 2240 of 60,528 weights');
    expect(claim?.ours).toContain('by as many decades a dimension the verdict would be pass');
    const [, , poor] = claimsOf((b, seed) => ({...telling(b, seed), stableLogVolume: -1000 * b}), 60_528);
    expect(poor?.ours).toContain('the verdict would be fail');
  });
});
