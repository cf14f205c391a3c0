import {toyProfiles} from '@minefield/spec';
import {describe, expect, it} from 'vitest';
import {brokenAt} from '../test/broken-at.ts';
import {type Told, alternativesSweep} from '../test/alternatives.ts';
import type {Claim} from './claim.ts';
import {verifyClaims} from './verify.ts';

const spec = {...toyProfiles.full, seeds: [1, 2, 3]};
const {poisonFactors} = spec;

/** More poison, a wider gap, and with it all that the claims say. */
function agreeable(_name: string, seed: number, poisonFactor: number): Told {
  const level = poisonFactors.indexOf(poisonFactor);
  return {
    train: 1,
    gap: 0.01 + 0.0493 * level + 0.001 * seed,
    volume: 0,
    own: -500 * level,
    margin: 3 - 0.1 * level,
    eigenvalue: 10 ** level,
    radius: 30 - level,
  };
}

function claimsOf(
  tell: typeof agreeable | ((...told: Parameters<typeof agreeable>) => Told | null),
): Claim[] {
  const {experiment, records} = alternativesSweep(spec, tell);
  return verifyClaims(experiment, records).claims.filter(({title}) => title.includes('polished'));
}

function verdictOf(
  id: number,
  change: (told: Told, poisonFactor: number) => Partial<Told> | null,
): string | undefined {
  const claims = claimsOf((name, seed, poisonFactor) => {
    const told = agreeable(name, seed, poisonFactor);
    const changed = change(told, poisonFactor);
    return changed && {...told, ...changed};
  });
  return claims.find((claim) => claim.id === id)?.verdict;
}

const worst = Math.max(...poisonFactors);

describe('claims 2 and 4 to 7 of polished minima', () => {
  it('hold where what the runs’ minima became is as the criteria say, whatever the runs are', () => {
    const claims = claimsOf(agreeable);
    expect(claims.map(({id, verdict}) => [id, verdict])).toEqual([2, 4, 5, 6, 7].map((id) => [id, 'pass']));
    for (const {records} of claims) {
      expect(records.every((identity) => identity.startsWith('alternatives'))).toBe(true);
    }
    // 1 − (0.01 + 0.0493 · 19 + 0.001 · seed).
    expect(claims[0]?.ours).toContain('test 5.1% (5.2%, 5.1%, 5%)');
    expect(claims[4]?.ours).toContain('0.5: ρ = -1.000');
  });

  it.each<[number, string, (told: Told, poisonFactor: number) => Partial<Told> | null]>([
    [2, 'a bad minimum that turned good', (told, poison) => (poison === worst ? {gap: 0.5} : told)],
    [2, 'a bad minimum that no longer fits', (told, poison) => (poison === worst ? {train: 0.9} : told)],
    [4, 'a margin that rises', ({margin = 0}) => ({margin: 5 - margin})],
    [5, 'ends as sharp as each other', () => ({eigenvalue: 1})],
    [6, 'a bad minimum with the wider basin', (told, poison) => (poison === worst ? {radius: 31} : told)],
    [7, 'a volume that rises', ({own}) => ({own: -own})],
  ])('%i fails of %s', (id, _what, change) => {
    expect(verdictOf(id, change)).toBe('fail');
  });

  it.each(brokenAt)(
    '7 is asked at every fixed cutoff: $cutoff.kind $cutoff.value → $verdict',
    ({isThere, verdict}) => {
      const verdictThere = verdictOf(7, ({own}) => ({
        at: (cutoff) => (isThere(cutoff) ? {own: -own} : {}),
      }));
      expect(verdictThere).toBe(verdict);
    },
  );

  it.each([2, 4, 5, 6, 7])('%i is undecided where the networks of a level diverged', (id) => {
    expect(verdictOf(id, (told, poison) => (poison === worst ? null : told))).toBe('undecided');
  });

  it('take rays and margins that were followed no farther for lower ends', () => {
    const claims = claimsOf((name, seed, poisonFactor) => ({
      ...agreeable(name, seed, poisonFactor),
      ...(poisonFactor === 0 && {censored: 5}),
    }));
    // The good end is wider still, and what lies beyond its margins is as far as was searched: 5 of 25 beyond 20.
    expect(claims.map(({id, verdict}) => [id, verdict])).toEqual([2, 4, 5, 6, 7].map((id) => [id, 'pass']));
    const {6: radius, 4: margin} = Object.fromEntries(claims.map(({id, ours}) => [id, ours]));
    expect(radius).toContain('good ≥ 30');
    expect(margin).toContain('median of mean margins –, 2.9,');
    const atWorst = (id: number): string | undefined =>
      verdictOf(id, (told, poison) => (poison === worst ? {...told, censored: 5} : told));
    // Five margins of more than was searched lift their mean above that of every other level.
    expect([4, 6, 7].map(atWorst)).toEqual(['fail', 'undecided', 'undecided']);
  });
});
