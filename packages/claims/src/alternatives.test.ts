import {moreDataProfiles, optimizersProfiles, roadsProfiles} from '@minefield/spec';
import {describe, expect, it} from 'vitest';
import {brokenAt} from '../test/broken-at.ts';
import {type Told, alternativesSweep} from '../test/alternatives.ts';
import type {Claim} from './claim.ts';
import {verifyClaims} from './verify.ts';

const good: Told = {train: 1, gap: 0.03, volume: 0, own: 0};

function claimsOf(
  spec: Parameters<typeof alternativesSweep>[0],
  tell: Parameters<typeof alternativesSweep>[1],
): readonly Claim[] {
  const {experiment, records} = alternativesSweep(spec, tell);
  return verifyClaims(experiment, records).claims;
}

describe('claim 12', () => {
  const spec = optimizersProfiles.full;
  const verdictOf = (tell: Parameters<typeof alternativesSweep>[1]): Claim | undefined =>
    claimsOf(spec, tell)[0];

  it('holds where every optimizer that fits has a small gap', () => {
    const claim = verdictOf(() => good);
    expect(claim).toMatchObject({id: 12, verdict: 'pass'});
    expect(claim?.ours).toContain('12 of 12 fit');
    expect(claim?.ours).toContain('sgd: gap 3% (3%, 3%, 3%, 3%, 3%)');
  });

  it('fails where one that fits ends in a bad minimum, by its median over seeds', () => {
    expect(verdictOf((name) => (name === 'sgd' ? {...good, gap: 0.5} : good))?.verdict).toBe('fail');
    expect(
      verdictOf((name, seed) => (name === 'sgd' && seed < 3 ? {...good, gap: 0.5} : good))?.verdict,
    ).toBe('pass');
  });

  it.each([
    {told: {gap: 0.1}, verdict: 'pass'},
    {told: {gap: 0.11}, verdict: 'fail'},
    {told: {train: 0.99, gap: 0.5}, verdict: 'fail'},
    {told: {train: 0.98, gap: 0.5}, verdict: 'pass'},
  ])('at its borders, of one optimizer: $told → $verdict', ({told, verdict}) => {
    expect(verdictOf((name) => (name === 'sgd' ? {...good, ...told} : good))?.verdict).toBe(verdict);
  });

  it('passes over optimizers that do not fit, or diverge, and says so; too few leave it undecided', () => {
    const some = verdictOf((name) =>
      name === 'sgd' ? null : name === 'momentum' ? {...good, train: 0.8, gap: 0.5} : good,
    );
    expect(some?.verdict).toBe('pass');
    expect(some?.ours).toContain('10 of 12 fit');
    expect(some?.ours).toContain('momentum does not fit: train 80%, gap 50%');
    expect(some?.ours).toContain('sgd does not fit: train unknown');
    expect(verdictOf((name) => (name.startsWith('adam') ? good : null))?.verdict).toBe('undecided');
  });

  it('knows nothing of a seed whose run diverged, and misses no record of it', () => {
    const {experiment, records} = alternativesSweep(spec, () => good);
    const first = records
      .filter((record) => record.kind === 'run')
      .find(({poisonFactor}) => poisonFactor === 0);
    const diverged = records.flatMap((record) =>
      record === first && record.kind === 'run'
        ? [{...record, data: {...record.data, outcome: 'diverged', final: null, checkpoint: null} as const}]
        : 'run' in record && record.run === first?.identity
          ? []
          : [record],
    );
    const [claim] = verifyClaims(experiment, diverged).claims;
    expect(claim?.verdict).toBe('pass');
    expect(claim?.ours).toContain('sgd: gap 3% (unknown, 3%, 3%, 3%, 3%)');
  });

  it('says nothing of poison where nothing is poisoned, nor of how two networks go together', () => {
    const clean = {...spec, poisonFactors: [0]};
    const [claim] = claimsOf(clean, (name) => (/^(?:sgd|adam)/.test(name) ? good : {...good, train: 0.9}));
    expect(claim?.ours).not.toContain('poison:');
    const two = claimsOf(clean, (name) => (/^(?:sgd|momentum)$/.test(name) ? good : {...good, train: 0.9}));
    expect(two[0]?.ours).toContain('ρ with their gaps unknown');
  });

  it('is not asked of networks that are trained for something else', () => {
    expect(claimsOf(roadsProfiles.full, () => good)).toEqual([]);
  });
});

describe('claim 14', () => {
  const spec = moreDataProfiles.full;
  const pointsOf = (name: string): number => Number(name.replace('points-', ''));
  const fan = (name: string, seed: number): Told => {
    const log = Math.log(pointsOf(name));
    return {
      train: 1,
      gap: 0.5 - 0.05 * log,
      volume: -(100 + 10 * seed) * log,
      own: 0.1 * log,
      eigenvalue: pointsOf(name),
      radius: 1 / log,
    };
  };

  it('holds where gap and volume fall with the number of examples, and says by how much', () => {
    const [claim] = claimsOf(spec, fan);
    expect(claim).toMatchObject({id: 14, verdict: 'pass'});
    expect(claim?.ours).toContain('for 25, 50, 100, 200, 400, 800, 1600 examples');
    // Slopes of −110, −120, −130, −140 and −150.
    expect(claim?.ours).toContain('log volume as a power of examples: exponent -130 ± 7.07');
    expect(claim?.ours).toContain(
      'ρ = -1.000 (by seed -1.00, -1.00, -1.00, -1.00, -1.00) in the landscape of the smallest set (of its mean radius -1.00), 1.00 in their own, 1.00 in its raw coordinates',
    );
    expect(claim?.ours).toContain(
      'largest eigenvalue 25, 50, 100, 200, 400, 800, 1600: ρ = 1.000 (by seed 1.00, 1.00, 1.00, 1.00, 1.00), at losses of 0, 0, 0, 0, 0, 0, 0',
    );
  });

  it('fails where the volume rises, or the gap does', () => {
    expect(claimsOf(spec, (name, seed) => ({...fan(name, seed), volume: pointsOf(name)}))[0]?.verdict).toBe(
      'fail',
    );
    expect(
      claimsOf(spec, (name, seed) => ({...fan(name, seed), gap: pointsOf(name) / 2000}))[0]?.verdict,
    ).toBe('fail');
  });

  it.each(brokenAt)(
    'asks for volumes at every fixed cutoff: $cutoff.kind $cutoff.value → $verdict',
    ({isThere, verdict}) => {
      const [claim] = claimsOf(spec, (name, seed) => ({
        ...fan(name, seed),
        at: (cutoff) => (isThere(cutoff) ? {volume: pointsOf(name)} : {}),
      }));
      expect(claim?.verdict).toBe(verdict);
    },
  );

  it('is undecided where there are too few sizes for a rank correlation, whichever way they go', () => {
    const {alternatives} = spec.analyses;
    const networks = alternatives?.networks.slice(-4) ?? [];
    const few = {...spec, analyses: {...spec.analyses, alternatives: {...alternatives, networks}}};
    const [claim] = claimsOf(few as typeof spec, (name, seed) => ({...fan(name, seed), gap: pointsOf(name)}));
    expect(claim?.verdict).toBe('undecided');
    expect(claim?.ours).toMatch(/undecided because only 4 sizes, but a rank correlation needs 5$/);
  });

  it('is undecided where the median of a size is not known', () => {
    const [claim] = claimsOf(spec, (name, seed) => (name === 'points-400' ? null : fan(name, seed)));
    expect(claim?.verdict).toBe('undecided');
  });
});
