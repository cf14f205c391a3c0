import {recordSchema} from '@minefield/results';
import {describe, expect, it} from 'vitest';
import {brokenAt} from '../test/broken-at.ts';
import {type Numbers, agreeable, broadSpec, syntheticSweep} from '../test/synthetic-sweep.ts';
import type {ExperimentSpec} from '@minefield/spec';
import type {Claim} from './claim.ts';
import {verifyClaims} from './verify.ts';

const full = broadSpec;
const bad = full.poisonFactors.at(-1) ?? 0;

function claimsOf(
  numbers: (poisonFactor: number, seed: number) => Numbers = agreeable,
  spec: ExperimentSpec = full,
) {
  const {experiment, records} = syntheticSweep(numbers, spec);
  return verifyClaims(experiment, records).claims;
}

function claim(id: number, claims: readonly Claim[]): Claim {
  const found = claims.find((item) => item.id === id);
  if (found === undefined) throw new Error(`no claim ${id}`);
  return found;
}

/** The agreeable sweep with some numbers replaced at one level, for one seed or for all. */
function but(change: Partial<Numbers>, where: (poisonFactor: number, seed: number) => boolean) {
  return (poisonFactor: number, seed: number): Numbers =>
    where(poisonFactor, seed) ? {...agreeable(poisonFactor, seed), ...change} : agreeable(poisonFactor, seed);
}

/** The agreeable sweep with its levels the other way round. */
function reversed(poisonFactor: number, seed: number): Numbers {
  return agreeable(full.poisonFactors.at(-1 - full.poisonFactors.indexOf(poisonFactor)) ?? 0, seed);
}

const atGood = (poisonFactor: number): boolean => poisonFactor === 0;
const atBad = (poisonFactor: number): boolean => poisonFactor === bad;

describe('verifyClaims', () => {
  it('is given records that the schemas accept', () => {
    const {experiment, records} = syntheticSweep();
    for (const record of [experiment, ...records])
      expect(recordSchema.safeParse(record).error).toBeUndefined();
  });

  it('passes all seven claims of a sweep in which they hold, with the document’s exact keys', () => {
    const claims = claimsOf();
    expect(claims.map(({id, verdict}) => [id, verdict])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((id) => [id, 'pass']),
    );
    for (const item of claims) {
      expect(Object.keys(item)).toEqual([
        'id',
        'experiment',
        'title',
        'paper',
        'ours',
        'criterion',
        'verdict',
        'records',
        'measures',
      ]);
      expect(item.records.length).toBeGreaterThan(0);
      expect(item.ours).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it.each([
    {id: 1, change: {train: 1, test: 0.97, fresh: 0.98}, where: atGood, verdict: 'pass'},
    {id: 1, change: {train: 1, test: 0.99, fresh: 0.9799}, where: atGood, verdict: 'fail'},
    {id: 1, change: {train: 0.995, fresh: 1}, where: atGood, verdict: 'fail'},
    {id: 2, change: {train: 0.995, test: 0.2, fresh: 0.1}, where: atBad, verdict: 'pass'},
    {id: 2, change: {train: 0.994, fresh: 0.05}, where: atBad, verdict: 'fail'},
    {id: 2, change: {train: 1, test: 0.05, fresh: 0.101}, where: atBad, verdict: 'fail'},
    {id: 5, change: {eigenvalue: 50}, where: atBad, verdict: 'pass'},
    {id: 5, change: {eigenvalue: 49.9}, where: atBad, verdict: 'fail'},
    {id: 6, change: {radius: 30}, where: atBad, verdict: 'fail'},
    {id: 6, change: {radius: 29.9}, where: atBad, verdict: 'pass'},
  ])('claim $id at its border: $change → $verdict', ({id, change, where, verdict}) => {
    expect(claim(id, claimsOf(but(change, where))).verdict).toBe(verdict);
  });

  it.each([
    {test: 0.98, verdict: 'pass'},
    {test: 0.97, verdict: 'fail'},
  ])(
    'takes the test set for claim 1 where there are no fresh points: $test → $verdict',
    ({test, verdict}) => {
      const {experiment, records} = syntheticSweep(but({test}, atGood));
      const without = records.map((record) =>
        record.kind === 'run' && record.data.final !== null
          ? {...record, data: {...record.data, final: {...record.data.final, freshAccuracy: null}}}
          : record,
      );
      expect(claim(1, verifyClaims(experiment, without).claims).verdict).toBe(verdict);
    },
  );

  it('judges the median, so one bad seed of three does not decide, and shows that seed', () => {
    const {verdict, ours} = claim(1, claimsOf(but({test: 0.5}, (b, seed) => b === 0 && seed === 2)));
    expect(verdict).toBe('pass');
    expect(ours).toContain('test 99% (99%, 50%, 99%)');
  });

  it('fails the correlations when the trend is too weak or goes the other way', () => {
    const shuffled = claimsOf((b, seed) => {
      const other = full.poisonFactors[(full.poisonFactors.indexOf(b) * 7) % 20] ?? 0;
      return agreeable(other, seed);
    });
    expect([3, 4].map((id) => claim(id, shuffled).verdict)).toEqual(['fail', 'fail']);
    const backwards = claimsOf(reversed);
    expect([3, 4].map((id) => claim(id, backwards).verdict)).toEqual(['fail', 'fail']);
  });

  it('fails a correlation with a constant', () => {
    expect(claim(4, claimsOf(but({margin: 1}, () => true))).verdict).toBe('fail');
  });

  it.each(['stableLogVolume', 'stretchedLogVolume'] as const)(
    'leaves claim 7 undecided where the volume and %s disagree in sign',
    (other) => {
      const {verdict, ours} = claim(
        7,
        claimsOf((b, seed) => {
          const numbers = agreeable(b, seed);
          return {...numbers, [other]: -(numbers[other] ?? 0)};
        }),
      );
      expect(verdict).toBe('undecided');
      expect(ours).toContain('disagree in sign');
    },
  );

  it.each(['stableLogVolume', 'stretchedLogVolume'] as const)(
    'leaves claim 7 undecided where too little is known of %s beside the volume',
    (other) => {
      const known = claimsOf(but({[other]: null}, (b) => full.poisonFactors.indexOf(b) < 2));
      expect(claim(7, known).verdict).toBe('pass');
      const unknown = claimsOf(but({[other]: null}, (b) => full.poisonFactors.indexOf(b) < 3));
      expect(claim(7, unknown).verdict).toBe('undecided');
    },
  );

  it.each(brokenAt)(
    'asks claim 6 at every cutoff, and claim 7 at every fixed one: $cutoff.kind $cutoff.value → $verdict',
    ({isThere, verdict}) => {
      const claims = claimsOf((b, seed) => ({
        ...agreeable(b, seed),
        at: (cutoff) => (isThere(cutoff) ? reversed(b, seed) : {}),
      }));
      expect([6, 7].map((id) => claim(id, claims).verdict)).toEqual(['fail', verdict]);
    },
  );

  it('takes a point without a boundary for one that lies farther off than was searched', () => {
    const {experiment, records} = syntheticSweep();
    const claims = (distances: readonly (number | null)[]): readonly Claim[] =>
      verifyClaims(
        experiment,
        records.map((record) =>
          record.kind === 'analysis' && record.analysis === 'margin' && record.poisonFactor === bad
            ? {
                ...record,
                settings: {angles: 64, maximum: 20},
                data: {...record.data, distances: [...distances]},
              }
            : record,
        ),
      ).claims;
    // The mean of those found would be the smallest of all levels.
    expect(claim(4, claims([0.1, 0.1])).verdict).toBe('pass');
    expect(claim(4, claims([0.1, null])).verdict).not.toBe('pass');
    expect(claim(4, claims([0.1, null])).ours).not.toMatch(/NaN|Infinity/);
  });

  it('compares eigenvalues only where both are known', () => {
    const diverged = but({diverged: true}, (b, seed) => b === 0 && seed < 3);
    expect(claim(5, claimsOf(diverged)).ours).not.toContain('ratio');
    expect(claim(5, claimsOf()).ours).toContain('ratio');
  });

  it('leaves a claim undecided when a record is missing, and says so', () => {
    const {experiment, records} = syntheticSweep();
    const without = records.filter(
      (record) =>
        !(
          record.kind === 'analysis' &&
          record.analysis === 'margin' &&
          record.seed === 1 &&
          record.poisonFactor === bad
        ),
    );
    const claims = verifyClaims(experiment, without).claims;
    expect(claim(4, claims).verdict).toBe('undecided');
    expect(claim(4, claims).ours).toContain('1 of the records needed is missing');
    expect(claim(3, claims).verdict).toBe('pass');
  });

  it('leaves everything undecided without records', () => {
    const {experiment} = syntheticSweep();
    for (const {verdict, ours, records} of verifyClaims(experiment, []).claims) {
      expect(verdict).toBe('undecided');
      expect(ours).toContain('missing');
      expect(records).toEqual([]);
    }
  });

  it('ignores records that the experiment does not name, and analyses of an earlier checkpoint', () => {
    const {experiment, records} = syntheticSweep();
    const unnamed = {...experiment, jobs: experiment.jobs.filter(({seed}) => seed !== 3)};
    expect(claim(1, verifyClaims(unnamed, records).claims).verdict).toBe('undecided');
    const stale = records.map((record) =>
      record.kind === 'analysis' && record.analysis === 'curvature'
        ? {...record, checkpoint: 'f'.repeat(64)}
        : record,
    );
    expect(claim(5, verifyClaims(experiment, stale).claims).verdict).toBe('undecided');
  });

  it('ignores analyses that name a run which is not there: nothing tells what they measured', () => {
    const {experiment, records} = syntheticSweep();
    const orphans = records.map((record) =>
      record.kind === 'analysis' && record.analysis === 'curvature'
        ? {...record, run: 'f'.repeat(64)}
        : record,
    );
    expect(claim(5, verifyClaims(experiment, orphans).claims).verdict).toBe('undecided');
  });

  it('says of an experiment the same whether or not another one has the same jobs', () => {
    const {experiment, records} = syntheticSweep();
    // As a graphics card may leave them: the same jobs, with other bits.
    const elsewhere = records.map((record) =>
      record.kind === 'run'
        ? {
            ...record,
            experiment: 'other',
            data: {...record.data, checkpoint: {file: 'checkpoints/x.safetensors', sha256: 'f'.repeat(64)}},
          }
        : {...record, experiment: 'other'},
    );
    expect(verifyClaims(experiment, [...records, ...elsewhere])).toEqual(verifyClaims(experiment, records));
  });

  it('needs three seeds for a median and eight levels for a correlation', () => {
    const twoSeeds = claimsOf(agreeable, {...full, seeds: [1, 2]});
    expect(twoSeeds.every(({verdict}) => verdict === 'undecided')).toBe(true);
    expect(claim(1, twoSeeds).ours).toContain('only 2 seeds');
    const sevenLevels = claimsOf(agreeable, {...full, poisonFactors: [0, ...full.poisonFactors.slice(-6)]});
    expect(sevenLevels.map(({id, verdict}) => [id, verdict === 'pass'])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((id) => [id, ![3, 4, 7].includes(id)]),
    );
  });

  it('leaves undecided what the profile says that its budget cannot decide, whether it would pass or fail', () => {
    const shy = {...full, decides: [2]};
    expect(claimsOf(agreeable, shy).map(({verdict}) => verdict === 'pass')).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(claim(1, claimsOf(but({test: 0.5}, atGood), shy)).verdict).toBe('undecided');
    expect(claim(1, claimsOf(agreeable, shy)).ours).toContain("full profile's training budget");
  });

  it('knows nothing of a diverged run, but decides where the median does not depend on it', () => {
    const one = claimsOf(but({diverged: true}, (b, seed) => b === bad && seed === 1));
    expect(claim(2, one).verdict).toBe('pass');
    const two = claimsOf(but({diverged: true}, (b, seed) => b === bad && seed < 3));
    expect(claim(2, two).verdict).toBe('undecided');
    expect(claim(5, two).verdict).toBe('undecided');
  });

  it('counts an anchor above the cutoff as unknown, never as absent', () => {
    const one = claimsOf(but({applicable: false}, (b, seed) => b === bad && seed === 1));
    expect(claim(6, one).verdict).toBe('pass');
    expect(claim(6, one).ours).toContain('unknown');
    const two = claimsOf(but({applicable: false}, (b, seed) => b === bad && seed < 3));
    expect(claim(6, two).verdict).toBe('undecided');
  });

  it('takes a radius with censored directions as a lower bound', () => {
    expect(claim(6, claimsOf(but({censored: 1}, atGood))).verdict).toBe('pass');
    expect(claim(6, claimsOf(but({censored: 1}, atBad))).verdict).toBe('undecided');
    expect(claim(7, claimsOf(but({censored: 1}, atBad))).verdict).toBe('undecided');
  });
});
