import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {InputError} from '@minefield/core';
import {type Executor, expandSpec} from '@minefield/experiments';
import {portable} from '@minefield/experiments/testing';
import {Queue} from 'bullmq';
import type {Redis} from 'ioredis';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {type RedisServer, redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {SMALL_JOBS, holding, remembering, small, startSweep, startWorker} from '../test/sweeps.ts';
import {connect} from './connect.ts';
import {handshakeOf, queueName} from './handshake.ts';
import {QUEUE_PREFIX, keys, kindsOf} from './keys.ts';
import {taskId} from './payload.ts';
import {queueExecutor} from './queue-executor.ts';
import {queueStatus} from './queue-status.ts';
import {redisParts} from './redis-parts.ts';

const root = mkdtempSync(join(tmpdir(), 'minefield-refusals-'));
const executor: Executor = remembering();
/** The tasks that train. */
const runs = expandSpec(small, portable).filter((job) => job.kind === 'run');
const trainings = [runs.slice(0, 2), runs.slice(2)].map((jobs) => taskId({kind: 'train', jobs}));
let server: RedisServer;
let redis: Redis;
let queue: string;
let folders = 0;
let databases = 0;

/** Keys of its own. */
async function newDatabase() {
  const url = `${server.url}/${++databases}`;
  return {url, database: await connect(url)};
}

const newFolder = (): string => join(root, String(folders++));

beforeAll(async () => {
  if (redisPath === null) return;
  server = await startRedis();
  redis = await connect(server.url);
  queue = queueName(await handshakeOf(portable, 'redis'));
});

beforeEach(async () => {
  await redis?.flushdb();
});

afterAll(async () => {
  redis?.disconnect();
  await server?.remove();
  rmSync(root, {recursive: true, force: true});
});

/** What sweep and worker say as they start, of an error that has no stack to show. */
async function refusals(url: string): Promise<string[]> {
  const sweep = queueExecutor({url, spec: small, ...portable, machine: 'here'});
  const worker = startWorker(url, executor);
  const results = await Promise.allSettled([sweep, worker.ended]);
  return results.map((result) => {
    if (result.status === 'fulfilled') return 'started';
    expect(result.reason).toBeInstanceOf(InputError);
    return (result.reason as Error).message;
  });
}

describe.skipIf(redisPath === null)('a Redis that throws keys away', () => {
  it.each(['allkeys-lru', 'volatile-ttl'])('by %s is refused, with what mends it', async (policy) => {
    await redis.config('SET', 'maxmemory-policy', policy);
    const said = await refusals(server.url);
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    for (const message of said) {
      expect(message).toContain(
        `noeviction) at redis://127.0.0.1:${server.port}, got ${policy}, which throws`,
      );
      expect(message).toContain('CONFIG SET maxmemory-policy noeviction');
    }
    expect(await redis.keys('*')).toEqual([]);
  });

  it('or may, for it does not let us ask, is used and told of', async () => {
    await redis.call('ACL', 'SETUSER', 'guest', 'on', '>secret', '~*', '&*', '+@all', '-info', '-config');
    const url = `redis://guest:secret@127.0.0.1:${server.port}`;
    const worker = startWorker(url, executor);
    const {summary, notices} = startSweep(url, newFolder());
    expect(await summary).toMatchObject({done: SMALL_JOBS, failed: []});
    await worker.stop();
    const [notice] = notices;
    expect(notice).toMatch(/does not say whether it throws keys away.*maxmemory-policy is noeviction/);
    expect(worker.events[0]).toEqual({type: 'notice', text: notice});
    expect(await queueStatus(url)).toMatchObject({failed: 0});
  });
});

describe.skipIf(redisPath === null)('the status of a queue', () => {
  it.each(['data', 'opts', 'progress'])('leaves out tasks whose %s are damaged', async (part) => {
    const tasks = new Queue(queue, {prefix: QUEUE_PREFIX, connection: redis, skipVersionCheck: true});
    await redis.sadd(keys.queues, queue);
    const [sound, damaged] = ['a', 'b'].map((name) => ({identities: [name.repeat(64)]}));
    const ids = await Promise.all([sound, damaged].map(async (data) => (await tasks.add('task', data)).id));
    for (const _ of ids)
      await redis.lmove(keys.ofQueue(queue, 'wait'), keys.ofQueue(queue, 'active'), 'RIGHT', 'LEFT');
    await redis.hset(keys.ofQueue(queue, ids[1] ?? ''), part, '{"spec":');
    const {active, running} = await queueStatus(server.url);
    expect({active, running}).toEqual({
      active: 2,
      running: sound?.identities.map((identity) => ({identity, fraction: 0})),
    });
    await tasks.close();
  });
});

describe.skipIf(redisPath === null)('a key that another program wrote', () => {
  it('is named as a sweep, a worker and the status start, whichever it is', async () => {
    for (const [name, kind] of Object.entries(kindsOf(queue))) {
      await redis.flushall();
      if (name !== keys.queues) await redis.sadd(keys.queues, queue);
      if (kind === 'string') await redis.rpush(name, 'foreign');
      else await redis.set(name, 'foreign');
      const status = await queueStatus(server.url).then(
        () => 'shown',
        (error: Error) => error.message,
      );
      for (const message of [...(await refusals(server.url)), status]) {
        expect(message, name).toContain(` at the key ${name} of that Redis, got a `);
        expect(message, name).toContain('remove it (redis-cli DEL ');
        expect(message, name).toContain('or use another database');
      }
      expect(await redis.type(name)).toBe(kind === 'string' ? 'list' : 'string');
    }
  });

  it.concurrent.for(['wait', 'active', 'events', 'meta'])(
    'in mid run in place of %s ends both, in words',
    async (name) => {
      const {url, database} = await newDatabase();
      const key = keys.ofQueue(queue, name);
      const held = holding(executor, 'train');
      const worker = startWorker(url, held.executor);
      const {summary} = startSweep(url, newFolder());
      await held.begun;
      await database.del(key);
      await database.set(key, 'foreign');
      const ended = worker.ended.catch(String);
      held.release();
      const {failed} = await summary;
      expect(await ended).toContain(`at the key ${key} of that Redis, got a string`);
      const errors = new Set(failed.map(({error}) => error));
      expect([...errors].filter((error) => error !== 'its run failed')).toEqual([
        expect.stringMatching(/^queue: expected .* which another program wrote/),
      ]);
      database.disconnect();
    },
  );

  it.concurrent.for<[string, () => string]>([
    ['a task', () => keys.ofQueue(queue, trainings[0] ?? '')],
    ['an outcome', () => keys.outcome(trainings[0] ?? '')],
  ])('in place of %s fails this task, in words, and no other', async ([, key]) => {
    const {url, database} = await newDatabase();
    await database.rpush(key(), 'foreign');
    const worker = startWorker(url, executor);
    const {summary} = startSweep(url, newFolder());
    const {failed, done} = await summary;
    await worker.stop();
    expect(done).toBe(SMALL_JOBS / 2);
    const errors = new Set(failed.map(({error}) => error));
    expect([...errors].toSorted()).toEqual([
      'its run failed',
      expect.stringContaining(`at the key ${key()} of that Redis, got a list`),
    ]);
    database.disconnect();
  });

  it('among the names of queues is none of them', async () => {
    await redis.sadd(keys.queues, 'a:b', '');
    expect(await queueStatus(server.url)).toMatchObject({waiting: 0, failed: 0});
  });

  it('in place of a part of a job is named by whoever reads or writes it', async () => {
    const parts = redisParts(server.url);
    await redis.set(keys.parts('abc'), 'foreign');
    const says = 'expected a hash at the key minefield:parts:abc of that Redis, got a string';
    await expect(parts.read('abc.network')).rejects.toThrow(says);
    await expect(parts.write('abc.network', new Uint8Array(1))).rejects.toThrow(says);
  });
});

describe.skipIf(redisPath === null)('a queue that another program paused', () => {
  it('is told of, and goes on where it is no longer', async () => {
    await redis.hset(keys.ofQueue(queue, 'meta'), 'paused', 1);
    const worker = startWorker(server.url, executor);
    const {summary, notices} = startSweep(server.url, newFolder());
    await expect.poll(() => notices.join()).toContain('another program paused the queue');
    await redis.hdel(keys.ofQueue(queue, 'meta'), 'paused');
    expect(await summary).toMatchObject({done: SMALL_JOBS, failed: []});
    await worker.stop();
  });
});
