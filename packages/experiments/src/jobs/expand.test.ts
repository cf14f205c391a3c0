import {describe, expect, it} from 'vitest';
import {TINY_JOBS, tinySpec} from '../testing/tiny-spec.ts';
import {expandSpec} from './expand.ts';
import type {Job} from './job.ts';
import type {ExperimentSpec} from '@minefield/spec';
import {toyProfiles} from '@minefield/spec';
import {portable} from '../testing/portable.ts';

function identities(
  spec: ExperimentSpec,
  numerics = 'portable',
  keep: (job: Job) => boolean = () => true,
): string[] {
  return expandSpec(spec, {...portable, numerics})
    .filter(keep)
    .map(({identity}) => identity);
}

const isRun = ({kind}: Job): boolean => kind === 'run';

describe('expandSpec', () => {
  it('makes one run of each level and seed, and the analyses that want it, all different', () => {
    const jobs = expandSpec(tinySpec, portable);
    expect(jobs).toHaveLength(TINY_JOBS);
    expect(new Set(jobs.map(({identity}) => identity)).size).toBe(TINY_JOBS);
    expect(jobs.filter(isRun).map(({poisonFactor, seed}) => [poisonFactor, seed])).toEqual([
      [0, 1],
      [0, 2],
      [0.8, 1],
      [0.8, 2],
    ]);
    const lines = jobs.filter((job) => job.kind === 'analysis' && job.analysis === 'line');
    expect(lines.map(({poisonFactor}) => poisonFactor)).toEqual([0, 0]);
  });

  it('names the run whose checkpoint an analysis reads', () => {
    const jobs = expandSpec(tinySpec, portable);
    for (const job of jobs) {
      const input = jobs.find(({identity}) => identity === job.inputs[0]);
      if (job.kind === 'analysis')
        expect(input).toMatchObject({kind: 'run', seed: job.seed, poisonFactor: job.poisonFactor});
      else expect(job.inputs).toEqual([]);
    }
  });

  it('makes jobs that survive a trip through JSON', () => {
    const jobs = expandSpec(toyProfiles.quick, portable);
    expect(JSON.parse(JSON.stringify(jobs))).toEqual(jobs);
  });

  it('keeps identities that no number depends on: names, titles, claims, and which other runs there are', () => {
    const other = {
      ...tinySpec,
      experiment: 'other',
      profile: 'p',
      title: 'Another',
      decides: [1],
      seeds: [2, 1, 3],
    };
    expect(identities(other)).toEqual(expect.arrayContaining(identities(tinySpec)));
  });

  it.each([
    ['recipe', {recipe: {...tinySpec.recipe, steps: 41}}],
    ['initialization', {initialization: 'xavier-uniform'}],
    ['network', {model: {name: 'mlp', hidden: [8, 9]}}],
    ['data', {dataset: {...tinySpec.dataset, noise: 0.4}}],
    ['number of fresh points', {dataset: {...tinySpec.dataset, fresh: 101}}],
  ] as const)('changes every identity with the %s', (_, change) => {
    const before = identities(tinySpec);
    const after = identities({...tinySpec, ...change});
    expect(after.filter((identity) => before.includes(identity))).toEqual([]);
  });

  it('changes every identity with the numerics', () => {
    const before = identities(tinySpec);
    expect(identities(tinySpec, 'webgpu').filter((identity) => before.includes(identity))).toEqual([]);
  });

  it('changes the identity of one analysis with its settings, and no other', () => {
    const change = {...tinySpec, analyses: {...tinySpec.analyses, margin: {angles: 17, maximum: 20}}};
    expect(identities(change, 'portable', isRun)).toEqual(identities(tinySpec, 'portable', isRun));
    const before = identities(tinySpec);
    expect(identities(change).filter((identity) => !before.includes(identity))).toHaveLength(4);
  });
});
