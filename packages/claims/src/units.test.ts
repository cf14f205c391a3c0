import type {AnalysisOf} from '@minefield/results';
import {type Cutoff, unitsProfiles} from '@minefield/spec';
import {expect, it} from 'vitest';
import {brokenAt} from '../test/broken-at.ts';
import {agreeable, syntheticSweep} from '../test/synthetic-sweep.ts';
import {settingsOf, withAnalyses} from '../test/with-analyses.ts';
import type {Claim} from './claim.ts';
import {verifyClaims} from './verify.ts';

const spec = unitsProfiles.full;
const settings = settingsOf(spec, 'units');
const {cutoffs} = settings.radii;

type Data = AnalysisOf<'units'>['data'];

/** @param volumeOf relative, in nats; raw ones are a thousand less for every weight that is not as trained */
function claimOf(
  volumeOf: (weights: keyof Data, poisonFactor: number, seed: number, cutoff: Cutoff) => number | null,
  censored: (weights: keyof Data, poisonFactor: number) => boolean = () => false,
): Claim | undefined {
  const {experiment, records} = withAnalyses(
    syntheticSweep(agreeable, spec),
    'units',
    ({poisonFactor, seed}) => {
      const weights = (name: keyof Data): Data['trained'] => ({
        norm: 1,
        trainLoss: 0,
        largestEigenvalue: {relative: 1, raw: 1},
        cutoffs: cutoffs.map((cutoff) => {
          const relative = volumeOf(name, poisonFactor, seed, cutoff);
          return {
            ...cutoff,
            ...(censored(name, poisonFactor) && {censored: 2}),
            meanRadius: 1,
            stableLogVolume: {relative, raw: relative === null ? null : relative - 1000},
          };
        }),
      });
      const data: Data = {
        trained: weights('trained'),
        layer: weights('layer'),
        neurons: weights('neurons'),
        balanced: weights('balanced'),
      };
      return [{settings, data}];
    },
  );
  return verifyClaims(experiment, records).claims[0];
}

const apart = (poisonFactor: number): number => (poisonFactor === 0 ? 0 : -1000 * Math.LN10);

it('holds where a layer moves nothing and balance keeps the ratio', () => {
  const claim = claimOf(
    (weights, b, seed) => apart(b) * (weights === 'balanced' ? 0.95 : 1) * (seed === 1 ? 0.9 : 1),
  );
  expect(claim).toMatchObject({id: 15, verdict: 'pass'});
  expect(claim?.ours).toContain(
    '0.25: as trained 1000 (900, 1000, 1000, 1000, 1000), a layer rescaled 1000 (900, 1000, 1000, 1000, 1000), ',
  );
});

it('fails where a layer moves a volume, or balance takes the ratio away', () => {
  expect(claimOf((weights, b) => apart(b) + (weights === 'layer' ? 2 : 0))?.verdict).toBe('fail');
  expect(claimOf((weights, b) => apart(b) * (weights === 'balanced' ? 0.8 : 1))?.verdict).toBe('fail');
  expect(claimOf((_, b) => -apart(b))?.verdict).toBe('fail');
});

it.each([
  {end: 'bad', moved: (b: number) => b > 0},
  {end: 'good', moved: (b: number) => b === 0},
])('fails where a layer moves the volume of the $end end alone', ({moved}) => {
  const movedBy = (nats: number): string | undefined =>
    claimOf((weights, b) => apart(b) + (weights === 'layer' && moved(b) ? nats : 0))?.verdict;
  expect([movedBy(1), movedBy(2)]).toEqual(['pass', 'fail']);
});

it.each(brokenAt)(
  'is asked at every fixed cutoff: $cutoff.kind $cutoff.value → $verdict',
  ({isThere, verdict}) => {
    const claim = claimOf(
      (weights, b, _seed, cutoff) => apart(b) * (isThere(cutoff) && weights === 'balanced' ? 0.8 : 1),
    );
    expect(claim?.verdict).toBe(verdict);
  },
);

it('is not asked of neurons alone, whose filters are normalized one by one', () => {
  expect(claimOf((weights, b) => apart(b) * (weights === 'neurons' ? 0.1 : 1))?.verdict).toBe('pass');
});

it('is undecided where a volume is not known', () => {
  expect(claimOf((weights, b) => (weights === 'balanced' ? null : apart(b)))?.verdict).toBe('undecided');
  const some = claimOf((_, b, seed) => (b > 0 && seed <= 3 ? null : apart(b)));
  expect(some?.verdict).toBe('undecided');
  expect(some?.ours).toContain('as trained unknown');
});

it('leaves open what a lower end of what there was leaves open', () => {
  const claim = claimOf(
    (_, b) => apart(b),
    (weights, b) => weights === 'trained' && b === 0,
  );
  expect(claim?.verdict).toBe('undecided');
});

it('takes rays that were followed no farther for lower ends', () => {
  const told = (weights: keyof Data, b: number): number => apart(b) * (weights === 'balanced' ? 0.95 : 1);
  expect(claimOf(told, (weights) => weights === 'neurons')?.verdict).toBe('pass');
  for (const one of ['trained', 'layer', 'balanced']) {
    const claim = claimOf(told, (weights) => weights === one);
    expect(claim).toMatchObject({verdict: 'undecided'});
  }
});
