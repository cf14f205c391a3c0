import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {InputError} from '@minefield/core';
import {type DataSources, type Executor, expandSpec, type Task} from '@minefield/experiments';
import {portable} from '@minefield/experiments/testing';
import {QueueEvents} from 'bullmq';
import type {Redis} from 'ioredis';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {type RedisServer, redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {holding, remembering, small, startSweep, startWorker} from '../test/sweeps.ts';
import {connect} from './connect.ts';
import {peersAt} from './handshake.ts';
import {type QueueExecutorOptions, queueExecutor} from './queue-executor.ts';

const executor: Executor = remembering();
const root = mkdtempSync(join(tmpdir(), 'minefield-endings-'));
let server: RedisServer;
let redis: Redis;

beforeEach(async () => {
  if (redisPath === null) return;
  server = await startRedis();
  redis = await connect(server.url);
  return async () => {
    redis.disconnect();
    await server.remove();
  };
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, {recursive: true, force: true});
});

const startExecutor = (options: Partial<QueueExecutorOptions> = {}): Promise<Executor> =>
  queueExecutor({url: server.url, spec: small, ...portable, machine: 'here', ...options});

/** That nobody is announced, and nobody but this test connected. */
async function expectNothingLeft(): Promise<void> {
  const others = async (): Promise<number> =>
    String(await redis.client('LIST'))
      .trim()
      .split('\n').length - 1;
  await expect.poll(others).toBe(0);
  expect(await peersAt(redis)).toEqual([]);
}

/** Whose user may not ask whether Redis keeps what it is given, so that it is told of. */
async function guestUrl(): Promise<string> {
  await redis.call('ACL', 'SETUSER', 'guest', 'on', '>secret', '~*', '&*', '+@all', '-info', '-config');
  return `redis://guest:secret@127.0.0.1:${server.port}`;
}

const throwNo = (): never => {
  throw new Error('no');
};

/** Of which nobody can say what files were opened. */
const broken = new Proxy({} as DataSources, {get: throwNo, ownKeys: throwNo});

describe.skipIf(redisPath === null)(
  'what fails as it starts leaves nobody announced and nothing open',
  () => {
    it('where data cannot be told', async () => {
      await expect(startExecutor({sources: broken})).rejects.toThrow('no');
      await expect(startWorker(server.url, executor, {sources: broken}).ended).rejects.toThrow('no');
      await expectNothingLeft();
    });

    it('where the events of a sweep cannot be read', async () => {
      vi.spyOn(QueueEvents.prototype, 'waitUntilReady').mockRejectedValueOnce(new Error('no'));
      await expect(startExecutor()).rejects.toThrow('no');
      await expectNothingLeft();
    });

    it('where whoever listens throws', async () => {
      const url = await guestUrl();
      await expect(startExecutor({url, onNotice: throwNo})).rejects.toThrow('no');
      await expect(startWorker(url, executor, {onEvent: throwNo}).ended).rejects.toThrow('no');
      await expectNothingLeft();
    });

    it('where whoever listens throws once tasks are taken', async () => {
      const worker = startWorker(server.url, executor, {
        onEvent: ({type}) => {
          if (type === 'ready') throwNo();
        },
      });
      await expect(worker.ended).rejects.toThrow('no');
      await expectNothingLeft();
    });

    it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 3601])('where seconds are %s', async (seconds) => {
      const says = `above 0 and at most 3600, got ${seconds}; give such a number`;
      await expect(startWorker(server.url, executor, {lockSeconds: seconds}).ended).rejects.toThrow(
        new InputError(`queue.runQueueWorker: expected lockSeconds ${says}`),
      );
      await expect(startExecutor({lookSeconds: seconds})).rejects.toThrow(
        new InputError(`queue.queueExecutor: expected lookSeconds ${says}`),
      );
      await expectNothingLeft();
    });

    it.each([0, 1.5, Number.NaN])('where a count is %s', async (count) => {
      const says = `to be a whole number of at least 1, got ${count}; give such a number`;
      await expect(startWorker(server.url, {...executor, workers: count}).ended).rejects.toThrow(
        new InputError(`queue.runQueueWorker: expected executor.workers ${says}`),
      );
      await expect(startExecutor({attempts: count})).rejects.toThrow(
        new InputError(`queue.queueExecutor: expected attempts ${says}`),
      );
      await expectNothingLeft();
    });
  },
);

describe.skipIf(redisPath === null)('what is told to end while Redis is away', () => {
  /** Whether nothing of it comes back with Redis. */
  async function expectNobodyComesBack(): Promise<void> {
    await server.start();
    await expectNothingLeft();
  }

  it('ends as a sweep that has nothing in the queue', async () => {
    const sweep = await startExecutor();
    await server.kill();
    await expect(sweep.close()).resolves.toBeUndefined();
    await expectNobodyComesBack();
  });

  it('ends as a sweep that waits for tasks', async () => {
    const sweep = startSweep(server.url, root);
    await expect.poll(() => redis.keys('minefield:*:wait')).toHaveLength(1);
    await server.kill();
    sweep.stop();
    expect(await sweep.summary).toMatchObject({interrupted: true});
    await expectNobodyComesBack();
  });

  it('ends as a task whose place in the queue is being looked at', async () => {
    const sweep = await startExecutor({lookSeconds: 0.02});
    const controller = new AbortController();
    const task: Task = {kind: 'train', jobs: expandSpec(small, portable).filter((job) => job.kind === 'run')};
    const ended = sweep.execute(task, {signal: controller.signal}).catch(String);
    await expect.poll(() => redis.keys('minefield:*:wait')).toHaveLength(1);
    await server.kill();
    // Looks that begin now have no answer.
    await pause(500);
    controller.abort(new Error('stopped'));
    expect(await ended).toBe('Error: stopped');
    await sweep.close();
    await expectNobodyComesBack();
  });

  it('ends as a worker with nothing to do', async () => {
    const worker = startWorker(server.url, executor);
    await expect.poll(() => worker.events).toContainEqual({type: 'ready', workers: 1});
    await server.kill();
    await worker.stop();
    await expectNobodyComesBack();
  });

  it('ends as a worker with a task in hand', async () => {
    const held = holding(executor, 'train');
    const worker = startWorker(server.url, held.executor);
    const sweep = startSweep(server.url, root);
    await held.begun;
    await server.kill();
    sweep.stop();
    await worker.stop();
    expect(await sweep.summary).toMatchObject({interrupted: true});
    await expectNobodyComesBack();
  });
});

describe.skipIf(redisPath === null)('a worker that is told to end while Redis answers', () => {
  it('waits for a task that takes its time to stop, and hands it back', async () => {
    const stopped = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow: Executor = {
      ...executor,
      execute: async (_, options) => {
        begun.resolve();
        await stopped.promise;
        options?.signal?.throwIfAborted();
        return [];
      },
    };
    const worker = startWorker(server.url, slow);
    const sweep = startSweep(server.url, root);
    await begun.promise;
    const ended = worker.stop();
    // Longer than Redis is waited for where it is away.
    setTimeout(() => stopped.resolve(), 4000);
    await ended;
    expect(worker.events.map(({type}) => type)).toEqual(['ready', 'taken', 'handed-back']);
    sweep.stop();
    await sweep.summary;
    await expectNothingLeft();
  });
});
