import {describe, expect, it} from 'vitest';
import {expandSpec, type Task} from '@minefield/experiments';
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
});
