import {expandSpec, inlineExecutor, type JobResult, type TrainTask} from '@minefield/experiments';
import {portable, tinySpec} from '@minefield/experiments/testing';
import type {RunRecord} from '@minefield/results';
import type {Redis} from 'ioredis';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type RedisServer, redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {redisBlobs} from './blob-store.ts';
import {connect} from './connect.ts';
import {collectOutcome, hasOutcome, leaveOutcome} from './outcome.ts';
import {queueStorage} from './queue-storage.ts';

describe.skipIf(redisPath === null)('the outcome of a task', () => {
  let server: RedisServer;
  let redis: Redis;
  let task: TrainTask;
  let result: JobResult & {readonly kind: 'run'};

  beforeAll(async () => {
    server = await startRedis();
    redis = await connect(`redis://127.0.0.1:${server.port}`);
    const [job] = expandSpec(tinySpec, portable).filter((each) => each.kind === 'run');
    if (job === undefined) throw new Error('the tiny sweep has runs');
    task = {kind: 'train', jobs: [job]};
    const [made] = await inlineExecutor({...portable, openStorage: queueStorage}).execute(task);
    if (made?.kind !== 'run') throw new Error('a run');
    result = made;
  });

  afterAll(async () => {
    redis.disconnect();
    await server.remove();
  });

  it('is collected as it was left', async () => {
    await leaveOutcome(redis, 'true', [result], redisBlobs(redis));
    const outcome = await collectOutcome(redis, 'true', task, redisBlobs(redis));
    expect(outcome).toMatchObject({results: [{record: result.record}]});
  });

  it.each<[part: string, forge: (record: RunRecord) => RunRecord]>([
    ['data set', (record) => ({...record, dataset: {...record.dataset, fingerprint: 'of other points'}})],
    ['spec', (record) => ({...record, spec: {...record.spec, recipe: {...record.spec.recipe, steps: 1}}})],
    ['seed', (record) => ({...record, seed: record.seed + 1})],
    ['poison factor', (record) => ({...record, poisonFactor: record.poisonFactor + 1})],
    ['numerics', (record) => ({...record, numerics: 'cpu'})],
    ['version', (record) => ({...record, algorithmVersions: {training: 99}})],
  ])('is useless where its %s is another than its identity was made of', async (part, forge) => {
    const forged = {...result, record: forge(result.record)};
    await leaveOutcome(redis, part, [forged], redisBlobs(redis));
    expect(await collectOutcome(redis, part, task, redisBlobs(redis))).toBe('useless');
    expect(await hasOutcome(redis, part)).toBe(false);
  });

  it.each<[what: string, forge: () => JobResult]>([
    ['no network', () => ({...result, checkpoint: null})],
    [
      'a network of its own, and names another',
      () => {
        const checkpoint = {file: `checkpoints/${'ab'.repeat(8)}.safetensors`, sha256: 'ab'.repeat(32)};
        return {...result, record: {...result.record, data: {...result.record.data, checkpoint}}};
      },
    ],
    [
      'the network of a run that diverged',
      () => {
        const data = {...result.record.data, outcome: 'diverged', final: null} as const;
        return {...result, record: {...result.record, data}};
      },
    ],
  ])('is useless where it comes with %s', async (what, forge) => {
    await leaveOutcome(redis, what, [forge()], redisBlobs(redis));
    expect(await collectOutcome(redis, what, task, redisBlobs(redis))).toBe('useless');
  });
});
