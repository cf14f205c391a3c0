import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {type Executor, runExperiment} from '@minefield/experiments';
import {contents, portable} from '@minefield/experiments/testing';
import {openStore} from '@minefield/results/node';
import type {Redis} from 'ioredis';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {type RedisServer, redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {SMALL_JOBS, holding, remembering, small, startSweep, startWorker} from '../test/sweeps.ts';
import {connect} from './connect.ts';
import {handshakeOf, queueName} from './handshake.ts';
import {keys} from './keys.ts';

vi.setConfig({maxConcurrency: 12});

const root = mkdtempSync(join(tmpdir(), 'minefield-losses-'));
const reference = join(root, 'reference');
const executor: Executor = remembering();
let server: RedisServer;
let queue: string;
let databases = 0;

beforeAll(async () => {
  if (redisPath === null) return;
  server = await startRedis({databases: 64});
  queue = queueName(await handshakeOf(portable, 'redis'));
  await runExperiment(small, {store: openStore(reference), executor, ...portable, networks: 2});
});

afterAll(async () => {
  await server?.remove();
  rmSync(root, {recursive: true, force: true});
});

/** A database of its own, and a folder. */
async function newPlace() {
  const number = databases++;
  const url = `${server.url}/${number}`;
  return {url, folder: join(root, String(number)), redis: await connect(url)};
}

const ofQueue = (name: string): string => keys.ofQueue(queue, name);

/** @returns what it took away */
async function remove(redis: Redis, pattern: string): Promise<string[]> {
  const found = await redis.keys(pattern);
  if (found.length > 0) await redis.del(found);
  return found;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

/** A sweep whose two trainings wait, and nobody does them. */
async function abandoned(place: Awaited<ReturnType<typeof newPlace>>): Promise<string[]> {
  const {url, folder, redis} = place;
  const first = startSweep(url, folder);
  await until(async () => (await redis.llen(ofQueue('wait'))) === 2);
  first.stop();
  await first.summary;
  return redis.lrange(ofQueue('wait'), 0, -1);
}

/** Sweeps with one worker. @returns what came of it, and what was told */
async function sweepOnce({url, folder}: {readonly url: string; readonly folder: string}) {
  const worker = startWorker(url, executor);
  const {summary, notices} = startSweep(url, folder);
  const {done, failed} = await summary;
  await worker.stop();
  return {done, failed, records: contents(folder), told: notices.join('\n')};
}

/** Every record, as it should be. */
const well = () => ({done: SMALL_JOBS, failed: [], records: contents(reference)});

describe.skipIf(redisPath === null)('a sweep ends with every record', () => {
  // A training is held by its worker, the other one waits.
  it.concurrent.for<[what: string, pattern: (held: string, waits: string) => string, says?: string]>([
    ['the waiting list', () => ofQueue('wait'), '1 task in no list of the queue: enqueued anew'],
    ['the active list', () => ofQueue('active')],
    ['what its waiting task is', (_, waits) => ofQueue(waits), '1 task gone from Redis: enqueued anew'],
    ['what its active task is', (id) => ofQueue(id)],
    ['the lock of its active task', (id) => ofQueue(`${id}:lock`)],
    ['the settings', () => ofQueue('meta')],
    ['the counter', () => ofQueue('id')],
    ['the events', () => ofQueue('events')],
    ['the mark that something waits', () => ofQueue('marker')],
    ['the set of those that may be left behind', () => ofQueue('stalled')],
    ['the time of the last look for them', () => ofQueue('stalled-check')],
    ['the names of queues', () => keys.queues],
    ['the names of peers', () => keys.peers],
    ['the peers', () => keys.peer('*')],
    ['all of a queue', () => ofQueue('*'), '2 tasks gone from Redis: enqueued anew'],
    ['everything', () => '*', '2 tasks gone from Redis: enqueued anew'],
  ])('where Redis loses %s while it trains', async ([, pattern, says]) => {
    const {url, folder, redis} = await newPlace();
    const held = holding(executor, 'train');
    const worker = startWorker(url, held.executor);
    const {summary, notices} = startSweep(url, folder);
    const id = await held.begun;
    await until(async () => (await redis.llen(ofQueue('wait'))) === 1);
    // Those that may be left behind are noted down by the second look for them.
    if (pattern(id, '') === ofQueue('stalled'))
      await until(async () => (await redis.exists(ofQueue('stalled'))) === 1);
    const [waits = ''] = await redis.lrange(ofQueue('wait'), 0, 0);
    expect(await remove(redis, pattern(id, waits))).not.toEqual([]);
    // Long enough to renew the lock, and to look for what was left behind.
    await pause(1200);
    held.release();
    expect(await summary).toMatchObject({done: SMALL_JOBS, failed: []});
    await worker.stop();
    expect(contents(folder)).toEqual(contents(reference));
    if (says !== undefined) expect(notices.join('\n')).toContain(says);
    expect(worker.events.filter(({type}) => type === 'failed')).toEqual([]);
    redis.disconnect();
  });

  // An analysis is held by its worker, others wait.
  it.concurrent.for<[what: string, pattern: (held: string) => string, says?: string]>([
    ['the files that they read', () => keys.blob('*')],
    ['what the analyses are', () => ofQueue('[bm]*-????????????????*'), 'gone from Redis: enqueued anew'],
    ['the waiting list', () => ofQueue('wait'), 'tasks in no list of the queue: enqueued anew'],
  ])('where Redis loses %s while it measures', async ([, pattern, says]) => {
    const {url, folder, redis} = await newPlace();
    const held = holding(executor, 'analyze');
    const worker = startWorker(url, held.executor);
    const {summary, notices} = startSweep(url, folder);
    const id = await held.begun;
    expect(await remove(redis, pattern(id))).not.toEqual([]);
    held.release();
    expect(await summary).toMatchObject({done: SMALL_JOBS, failed: []});
    await worker.stop();
    expect(contents(folder)).toEqual(contents(reference));
    if (says !== undefined) expect(notices.join('\n')).toContain(says);
    redis.disconnect();
  });

  // Another sweep left two trainings that wait.
  it.concurrent.for<[what: string, change: (redis: Redis, id: string) => Promise<unknown>, says?: string]>([
    ['the waiting list is gone', (redis) => redis.del(ofQueue('wait')), '2 tasks in no list of the queue'],
    ['a task is gone', (redis, id) => redis.del(ofQueue(id))],
    ['half of a task is gone', (redis, id) => redis.hdel(ofQueue(id), 'data')],
    ['a payload is cut short', (redis, id) => redis.hset(ofQueue(id), 'data', '{"spec":'), 'gone from Redis'],
    ['a task has failed, and stays locked', (redis, id) => move(redis, id, 'failed', 1)],
    ['a task counts as done', (redis, id) => move(redis, id, 'completed', 1), 'in no list of the queue'],
    [
      'a task waits for children',
      (redis, id) => move(redis, id, 'waiting-children', 1),
      'in no list of the queue',
    ],
    [
      'a task is put off by a day',
      async (redis, id) => {
        await redis.hset(ofQueue(id), 'delay', 86_400_000);
        await move(redis, id, 'delayed', (Date.now() + 86_400_000) * 4096);
      },
      'put off for too long',
    ],
    [
      'a task was left behind by a worker',
      (redis) => redis.lmove(ofQueue('wait'), ofQueue('active'), 'RIGHT', 'LEFT'),
    ],
  ])('where %s before it begins', async ([, change, says]) => {
    const place = await newPlace();
    const {redis} = place;
    const [id = ''] = await abandoned(place);
    await change(redis, id);
    const {told, ...came} = await sweepOnce(place);
    expect(came).toEqual(well());
    if (says !== undefined) expect(told).toContain(says);
    redis.disconnect();
  });

  it.concurrent('where the lock of a task that nobody does has no end', async () => {
    const place = await newPlace();
    const {redis} = place;
    const [id = ''] = await abandoned(place);
    await redis.del(ofQueue('wait'));
    await redis.set(ofQueue(`${id}:lock`), 'nobody');
    const swept = sweepOnce(place);
    await until(async () => (await redis.pttl(ofQueue(`${id}:lock`))) > 0);
    expect(await redis.pttl(ofQueue(`${id}:lock`))).toBeLessThanOrEqual(30_000);
    // Half a minute, but for the wait.
    await redis.pexpire(ofQueue(`${id}:lock`), 1);
    const {told, ...came} = await swept;
    expect(came).toEqual(well());
    expect(told).toContain('in no list of the queue: enqueued anew');
    redis.disconnect();
  });

  it.concurrent('where what was done meanwhile is gone, or a file of it', async () => {
    for (const pattern of [keys.outcome('*'), keys.blob('*')]) {
      const place = await newPlace();
      const {url, redis} = place;
      await abandoned(place);
      const worker = startWorker(url, executor);
      await until(async () => (await redis.keys(keys.outcome('*'))).length === 2);
      await worker.stop();
      await remove(redis, pattern);
      const {told, ...came} = await sweepOnce(place);
      expect(came).toEqual(well());
      if (pattern === keys.blob('*'))
        expect(told).toContain('2 tasks whose outcome was gone from Redis: enqueued anew');
      redis.disconnect();
    }
  });

  it.concurrent('where the active list is gone, and the worker that held a task stops', async () => {
    const {url, folder, redis} = await newPlace();
    const held = holding(executor, 'train');
    const worker = startWorker(url, held.executor);
    const {summary, notices} = startSweep(url, folder);
    await held.begun;
    await redis.del(ofQueue('active'));
    await worker.stop();
    const other = startWorker(url, executor);
    expect(await summary).toMatchObject({done: SMALL_JOBS, failed: []});
    await other.stop();
    expect(contents(folder)).toEqual(contents(reference));
    expect(notices).toContain('1 task in no list of the queue: enqueued anew');
    redis.disconnect();
  });

  it.concurrent('and leaves nothing of its tasks in Redis where the active list was lost', async () => {
    const {url, folder, redis} = await newPlace();
    const held = holding(executor, 'train');
    const worker = startWorker(url, held.executor);
    const {summary} = startSweep(url, folder);
    await held.begun;
    await redis.del(ofQueue('active'));
    held.release();
    await summary;
    await worker.stop();
    expect(await redis.keys(ofQueue('*-????????????????*'))).toEqual([]);
    redis.disconnect();
  });
});

/** Moves a waiting task to another place, as another program might. */
async function move(redis: Redis, id: string, place: string, score: number): Promise<void> {
  await redis.lrem(ofQueue('wait'), 0, id);
  await redis.zadd(ofQueue(place), score, id);
  if (place === 'failed') await redis.set(ofQueue(`${id}:lock`), 'nobody');
}
