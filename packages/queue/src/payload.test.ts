import {describe, expect, it} from 'vitest';
import {expandSpec, othersRead, type RunJob, type Task} from '@minefield/experiments';
import {syntheticRun} from '@minefield/results/testing';
import {portable, tinySpec} from '@minefield/experiments/testing';
import {payloadOf, payloadReader} from './payload.ts';

describe('a payload', () => {
  const runs = expandSpec(tinySpec, portable).filter((job) => job.kind === 'run');
  const task: Task = {kind: 'train', jobs: runs.slice(0, 2)};
  const nothing = {
    kind: 'redis',
    read: () => Promise.reject(new Error('no file')),
    offer: () => Promise.reject(new Error('no file')),
    release: () => Promise.resolve(),
  } as const;

  it('gives the task that it was made of', async () => {
    const payload = JSON.parse(JSON.stringify(await payloadOf(task, tinySpec, nothing))) as unknown;
    expect(await payloadReader(portable)(payload, nothing)).toEqual(task);
  });

  it('may say half a character in its title, which no number depends on', async () => {
    const payload = {...(await payloadOf(task, tinySpec, nothing)), spec: {...tinySpec, title: '\ud800'}};
    expect(await payloadReader(portable)(payload, nothing)).toEqual(task);
  });

  it.each<[string, (payload: Record<string, unknown>) => unknown, RegExp]>([
    ['is nothing', () => null, /expected an object, got null/],
    ['has further keys', (payload) => ({...payload, code: 'process.exit()'}), /code/],
    ['names a path', (payload) => ({...payload, checkpoint: '../../etc/passwd'}), /pattern/],
    [
      'names a job that is not in its experiment',
      (p) => ({...p, identities: ['a'.repeat(64)]}),
      /unknown a{64}/,
    ],
    [
      'has a spec that is none',
      (p) => ({...p, spec: {...tinySpec, experiment: '../x'}}),
      /experiment: expected/,
    ],
    [
      'wants more data than a machine holds',
      (p) => ({...p, spec: {...tinySpec, dataset: {...tinySpec.dataset, train: 150_000_000}}}),
      /dataset\.train: expected at most 1000000, got 150000000/,
    ],
    [
      'has a spec deeper than the stack',
      (p) => ({...p, spec: JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown}),
      /expected an experiment spec in the payload of a task, got 1 problem:\n {2}expected an object, got an array of 1/,
    ],
    [
      'has a spec with half a character or a number beyond all',
      (p) => ({...p, spec: {...tinySpec, profile: '\ud800', seeds: [Infinity]}}),
      /got 2 problems:\n {2}profile: expected .*, got "\\ud800"\n {2}seeds\[0\]: expected/,
    ],
    ['has a checkpoint and trains', (p) => ({...p, checkpoint: 'a'.repeat(64)}), /another mixture/],
  ])('is refused where it %s', async (_, change, message) => {
    const payload = {...(await payloadOf(task, tinySpec, nothing))};
    await expect(payloadReader(portable)(change(payload), nothing)).rejects.toThrow(message);
  });

  it('is refused where a record that it brings says otherwise than its job', async () => {
    const jobs = expandSpec(tinySpec, portable);
    const path = jobs.find((job) => job.kind === 'analysis' && job.analysis === 'connectivity');
    if (path?.kind !== 'analysis') throw new Error('expected a job of paths');
    const far = runs.find(({identity}) => othersRead(path).includes(identity));
    if (far === undefined) throw new Error('expected a run at the far end');
    const checkpoint = 'c'.repeat(64);
    const bytes = Uint8Array.of(1);
    const payloadWith = (record: unknown): unknown => ({
      spec: tinySpec,
      identities: [path.identity],
      checkpoint,
      inputs: [{record, checkpoint}],
    });
    const blobs = {...nothing, read: () => Promise.resolve(bytes)};
    const record = recordOf(far);
    const read = (value: unknown): Promise<Task> =>
      payloadReader(portable)(JSON.parse(JSON.stringify(payloadWith(value))), blobs);
    expect(await read(record)).toMatchObject({kind: 'analyze', inputs: [{record, checkpoint: bytes}]});
    await expect(read({...record, seed: 7})).rejects.toThrow(
      `expected input ${far.identity} as its job has it, got another seed`,
    );
  });
});

function recordOf({identity, seed, poisonFactor, numerics, spec, algorithmVersions, dataset}: RunJob) {
  const made = syntheticRun();
  const own = {identity, seed, poisonFactor, numerics, spec, algorithmVersions};
  return {...made, ...own, dataset: {...made.dataset, fingerprint: dataset}};
}
