import type {AnalysisOf, ExperimentRecord, ResultRecord} from '@minefield/results';
import {syntheticSweep} from '@minefield/results/testing';
import {describe, expect, it} from 'vitest';
import {minefieldProfiles} from '@minefield/spec';
import type {ExperimentSpec} from '@minefield/spec';
import type {Claim} from './claim.ts';
import {verifyAll, verifyClaims} from './verify.ts';

/** The committed experiment with fewer seeds, of which those are searched around. */
function searched(seeds: readonly number[]): ExperimentSpec {
  const {full: whole} = minefieldProfiles;
  const {search, minefield} = whole.analyses;
  if (search === undefined || minefield === undefined) throw new Error('no searches');
  return {
    ...whole,
    seeds: [1, 2, 3],
    analyses: {search: {...search, seeds: [...seeds]}, minefield: {...minefield, seeds: [...seeds]}},
  };
}

const full = searched([1]);

type Minima = readonly (readonly [train: number, test: number])[];

interface Case {
  /** Test accuracy at the end of each seed's path. */
  readonly ends?: readonly number[];
  /** Train and test accuracy of each minimum around each path that is searched. */
  readonly minima?: Minima;
  /** Where one path has other minima: these, by seed. */
  readonly minimaOf?: Readonly<Record<number, Minima>>;
  readonly spec?: ExperimentSpec;
}

const bad = [1, 0.5] as const;

function records({
  ends = [0.98, 0.98, 0.98],
  minima = many(50, bad),
  minimaOf = {},
  spec = full,
}: Case = {}): ResultRecord[] {
  const sweep = syntheticSweep({
    experiment: 'minefield',
    seeds: spec.seeds,
    poisonFactors: [0],
    analyses: ['minefield'],
  });
  return sweep.flatMap((record): ResultRecord[] => {
    if (record.kind === 'experiment')
      return [
        {...record, profile: spec.profile, spec: JSON.parse(JSON.stringify(spec)) as typeof record.spec},
      ];
    if (record.kind === 'run') {
      const {final} = record.data;
      const testAccuracy = ends[spec.seeds.indexOf(record.seed)] ?? 0;
      return final === null ? [] : [{...record, data: {...record.data, final: {...final, testAccuracy}}}];
    }
    if (record.analysis !== 'minefield' || !spec.analyses.minefield?.seeds?.includes(record.seed)) return [];
    return [withMinima(record, minimaOf[record.seed] ?? minima)];
  });
}

function withMinima(record: AnalysisOf<'minefield'>, minima: Minima): AnalysisOf<'minefield'> {
  const constant = (value: number): number[] => minima.map(() => value);
  return {
    ...record,
    data: {
      ...record.data,
      minima: {
        start: minima.map((_, i) => 40 * (i + 1)),
        steps: constant(100),
        trainLoss: constant(0.01),
        trainAccuracy: minima.map(([train]) => train),
        poisonLoss: constant(0.01),
        testAccuracy: minima.map(([, test]) => test),
        gradientNorm: constant(0.01),
        distance: constant(12),
        x: constant(0),
        y: constant(0),
      },
    },
  };
}

function many(count: number, minimum: readonly [number, number]): (readonly [number, number])[] {
  return Array.from({length: count}, () => minimum);
}

function headOf(all: readonly ResultRecord[]): ExperimentRecord {
  const head = all.find((record) => record.kind === 'experiment');
  if (head === undefined) throw new Error('no experiment');
  return head;
}

function claimOf(all: readonly ResultRecord[]): Claim {
  const [claim, ...others] = verifyClaims(headOf(all), all).claims;
  if (claim === undefined || others.length > 0) throw new Error('expected claim 11 alone');
  return claim;
}

describe('claim 11', () => {
  it.each<[string, Case, string]>([
    ['just enough', {}, 'pass'],
    ['one bad minimum too few', {minima: [...many(49, bad), [1, 0.53]]}, 'fail'],
    ['a test accuracy of exactly 53%', {minima: many(50, [1, 0.53])}, 'fail'],
    ['training sets not fitted', {minima: many(200, [0.985, 0.4])}, 'fail'],
    ['a training set fitted to exactly 99%', {minima: many(50, [0.99, 0.52])}, 'pass'],
    ['a path that ends below 98%', {ends: [0.979, 0.979, 1]}, 'fail'],
    ['one seed of three that ends badly', {ends: [0.5, 0.99, 1]}, 'pass'],
    ['no searches at all', {minima: []}, 'fail'],
    ['too few seeds', {spec: {...full, seeds: [1, 2]}}, 'undecided'],
    ['no clean level', {spec: {...full, poisonFactors: [0.35]}}, 'undecided'],
    ['a profile that is not to decide it', {spec: {...full, decides: []}}, 'undecided'],
  ])('%s', (_, given, verdict) => {
    const claim = claimOf(records(given));
    expect(claim.id).toBe(11);
    expect(claim.verdict).toBe(verdict);
    expect(Object.keys(claim)).toEqual([
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
    expect(claim.ours).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('shows every seed’s end, and the count at 95% beside that at 99%', () => {
    const {ours, records: from} = claimOf(
      records({ends: [0.98, 1, 0.99], minima: [...many(3, bad), ...many(4, [0.96, 0.4]), [0.9, 0.6]]}),
    );
    expect(ours).toContain('test 99% (98%, 100%, 99%)');
    expect(ours).toContain('3 of 9 searches found a bad minimum (7 with train ≥ 95%)');
    expect(ours).toContain('train 90% to 100%');
    expect(from).toHaveLength(4);
  });

  it('counts around every path that was searched, and judges by the median', () => {
    const spec = searched([1, 2, 3]);
    const few = claimOf(records({spec, minima: many(49, bad), minimaOf: {3: many(200, bad)}}));
    expect(few.verdict).toBe('fail');
    expect(few.ours).toContain('seed 3: 200 of 201 searches found a bad minimum');
    expect(claimOf(records({spec, minimaOf: {3: []}})).verdict).toBe('pass');
  });

  it('knows nothing of a path that diverged, and misses no searches around it', () => {
    const without = (spec: ExperimentSpec): Claim =>
      claimOf(
        records({spec}).flatMap((record) => {
          if (record.kind === 'experiment' || record.seed !== 1) return [record];
          if (record.kind === 'analysis') return [];
          return [
            {...record, data: {...record.data, outcome: 'diverged', final: null, checkpoint: null} as const},
          ];
        }),
      );
    expect(without(searched([1, 2, 3])).verdict).toBe('pass');
    expect(without(searched([1])).verdict).toBe('undecided');
    expect(without(searched([1])).ours).toMatch(
      /undecided because the median over paths is not known \(diverged runs\)$/,
    );
  });

  it('is undecided where a record is missing, and says so', () => {
    const all = records();
    const withoutMap = all.filter((record) => record.kind !== 'analysis');
    expect(claimOf(withoutMap)).toMatchObject({verdict: 'undecided'});
    expect(claimOf(withoutMap).ours).toContain('1 of the records needed is missing');
    const withoutRun = all.filter((record) => record.kind !== 'run' || record.seed !== 2);
    expect(claimOf(withoutRun).verdict).toBe('undecided');
  });
});

describe('verifyAll', () => {
  it('has claim 11 undecided where nothing was run to decide it, and decided where it was', () => {
    const all = records();
    expect(verifyAll([], []).claims.map(({id, verdict}) => [id, verdict])).toEqual([[11, 'undecided']]);
    expect(verifyAll([headOf(all)], all).claims.map(({id, verdict}) => [id, verdict])).toEqual([
      [11, 'pass'],
    ]);
  });
});
