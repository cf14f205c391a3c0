import {InputError} from '@minefield/core';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import type {ResultRecord} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import type {Redis} from 'ioredis';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {type RedisServer, redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {
  type Executor,
  expandSpec,
  inlineExecutor,
  openDataSources,
  runExperiment,
  type RunExperimentOptions,
  type RunSummary,
  resolveSpec,
} from '@minefield/experiments';
import {
  contents,
  counting,
  failing,
  readingAfter,
  TINY_MINEFIELD_JOBS,
  tinyMinefield,
  tinyPictures,
  tinySpec,
  portable,
} from '@minefield/experiments/testing';
import type {ExperimentSpec} from '@minefield/spec';
import {connect} from './connect.ts';
import {redisBlobs} from './blob-store.ts';
import {leaveOutcome} from './outcome.ts';
import {taskId} from './payload.ts';
import {type QueueExecutorOptions, queueExecutor} from './queue-executor.ts';
import {queueStorage} from './queue-storage.ts';
import {queueStatus} from './queue-status.ts';
import {type QueueWorkerEvent, type QueueWorkerOptions, runQueueWorker} from './queue-worker.ts';

/** Work in this process, which knows the places that a queue names. */
const here = {...portable, openStorage: queueStorage};

const {basin, margin} = tinySpec.analyses;
/** Four runs, and a basin and a margin of each. */
const small: ExperimentSpec = {
  ...tinySpec,
  experiment: 'small',
  analyses: {...(basin && {basin}), ...(margin && {margin})},
};
const JOBS = 12;

const root = mkdtempSync(join(tmpdir(), 'minefield-queue-'));
const reference = join(root, 'reference');
let folders = 0;
let server: RedisServer;
let redis: Redis;

const newFolder = (): string => join(root, String(folders++));

async function sweep(
  folder: string,
  options: Partial<QueueExecutorOptions & RunExperimentOptions> = {},
): Promise<RunSummary> {
  const {
    spec = small,
    shared,
    signal,
    onEvent,
    store = openStore(folder),
    sources = portable.sources,
  } = options;
  const executor = await queueExecutor({
    url: server.url,
    spec,
    ...portable,
    sources,
    machine: 'here',
    ...(shared && {shared}),
  });
  try {
    return await runExperiment(spec, {
      store,
      executor,
      ...portable,
      sources,
      networks: 2,
      signal,
      ...(onEvent && {onEvent}),
    });
  } finally {
    await executor.close();
  }
}

/** A worker in this process; `stop` ends it. */
function startWorker(options: Partial<QueueWorkerOptions> = {}) {
  const controller = new AbortController();
  const events: QueueWorkerEvent[] = [];
  const ended = runQueueWorker({
    url: server.url,
    executor: inlineExecutor(here),
    ...portable,
    machine: 'there',
    signal: controller.signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return {
    events,
    ended,
    stop: async (): Promise<void> => {
      controller.abort(new Error('stopped'));
      await ended;
    },
  };
}

describe.skipIf(redisPath === null)('a queue', () => {
  beforeAll(async () => {
    server = await startRedis({password: 'p@ss/word'});
    redis = await connect(server.url);
    const executor = inlineExecutor(here);
    await runExperiment(small, {store: openStore(reference), executor, ...portable});
  });

  beforeEach(async () => {
    await redis.flushall();
  });

  afterAll(async () => {
    redis?.disconnect();
    await server?.remove();
    rmSync(root, {recursive: true, force: true});
  });

  it('gives the same bytes as work in one process, with files through Redis, and keeps none of them for long', async () => {
    const worker = startWorker();
    const folder = newFolder();
    expect(await sweep(folder)).toMatchObject({done: JOBS, failed: []});
    await worker.stop();
    expect(contents(folder)).toEqual(contents(reference));
    const left = await redis.keys('minefield:[bop]*');
    for (const key of left) expect(await redis.ttl(key), key).toBeLessThanOrEqual(60);
    expect(await redis.keys('minefield:parts:*')).toEqual([]);
  });

  it('gives them through a shared folder too, with nothing but records in Redis', async () => {
    const folder = newFolder();
    const shared = openStore(folder);
    const worker = startWorker({shared});
    expect(await sweep(folder, {shared})).toMatchObject({done: JOBS, failed: []});
    await worker.stop();
    expect(contents(folder)).toEqual(contents(reference));
    expect(await redis.keys('minefield:blob:*')).toEqual([]);
  });

  it('carries analyses that read others', async () => {
    const worker = startWorker();
    const [folder, alone] = [newFolder(), newFolder()];
    expect(await sweep(folder, {spec: tinyMinefield})).toMatchObject({done: TINY_MINEFIELD_JOBS, failed: []});
    await worker.stop();
    const executor = inlineExecutor(here);
    await runExperiment(tinyMinefield, {store: openStore(alone), executor, ...portable});
    expect(contents(folder)).toEqual(contents(alone));
  });

  it('carries work on images of SVHN', async () => {
    const file = new URL('../../svhn/test/fixtures/grey-labels-first.mat', import.meta.url);
    const sources = await openDataSources({svhn: {path: fileURLToPath(file), allowUnofficial: true}});
    const spec = resolveSpec(
      {
        ...tinyPictures,
        experiment: 'tiny-svhn',
        dataset: {name: 'svhn', train: 1, test: 1, poison: 1},
        recipe: {...tinyPictures.recipe, batchSize: 1, poisonPoints: 1},
        analyses: {},
      },
      sources,
    );
    const worker = startWorker({sources, executor: inlineExecutor({...here, sources})});
    expect(await sweep(newFolder(), {spec, sources})).toMatchObject({done: 2, failed: []});
    await worker.stop();
  });

  it('does each task of two sweeps of the same experiment once', async () => {
    const executor = counting(inlineExecutor(here));
    const worker = startWorker({executor});
    const [first, second] = [newFolder(), newFolder()];
    const summaries = await Promise.all([sweep(first), sweep(second)]);
    await worker.stop();
    for (const summary of summaries) expect(summary).toMatchObject({done: JOBS, failed: []});
    expect(executor.tasks.map(taskId).toSorted()).toEqual(
      [...new Set(executor.tasks.map(taskId))].toSorted(),
    );
    expect(contents(first)).toEqual(contents(reference));
    expect(contents(second)).toEqual(contents(reference));
  });

  it('keeps the records of the same jobs apart under another name', async () => {
    const worker = startWorker();
    const folder = newFolder();
    await sweep(folder);
    const copy = {...small, experiment: 'copy'};
    expect(await sweep(folder, {spec: copy})).toMatchObject({done: JOBS, failed: []});
    await worker.stop();
    const files = [...contents(folder).keys()];
    const under = (name: string): string[] =>
      files.filter((file) => file.startsWith(`${name}/`)).map((file) => file.slice(name.length));
    expect(under('copy')).toEqual(under('small'));
    expect(await sweep(folder, {spec: copy})).toMatchObject({done: 0, reused: JOBS});
  });

  it('keeps what a sweep could not store', async () => {
    const folder = newFolder();
    const store = openStore(folder);
    const full = {
      ...store,
      writeRecord: (record: ResultRecord) =>
        record.kind === 'run' ? Promise.reject(new Error('the disk is full')) : store.writeRecord(record),
    };
    const worker = startWorker();
    await expect(sweep(folder, {store: full})).rejects.toThrow('the disk is full');
    const outcomes = await redis.keys('minefield:outcome:train-*');
    expect(outcomes.length).toBeGreaterThan(0);
    for (const key of outcomes) expect(await redis.ttl(key)).toBeGreaterThan(60);
    expect(await sweep(folder)).toMatchObject({done: JOBS, failed: []});
    await worker.stop();
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('waits for a file that a shared folder does not show yet', async () => {
    const folder = newFolder();
    const shared = openStore(folder);
    const worker = startWorker({shared: readingAfter(shared, failing(2))});
    expect(await sweep(folder, {shared})).toMatchObject({done: JOBS, failed: []});
    await worker.stop();
    expect(worker.events.filter(({type}) => type === 'failed')).toHaveLength(2);
    const other = startWorker({shared: readingAfter(shared, failing(3))});
    const minefield = await sweep(folder, {shared, spec: tinyMinefield});
    expect(minefield).toMatchObject({done: TINY_MINEFIELD_JOBS, failed: []});
    await other.stop();
  });

  it('waits for what a task gave, and has it done once', async () => {
    const folder = newFolder();
    const shared = openStore(folder);
    const slow = readingAfter(shared, failing(2));
    const executor = counting(inlineExecutor(here));
    const worker = startWorker({shared, executor});
    expect(await sweep(folder, {shared: slow, store: shared})).toMatchObject({done: JOBS, failed: []});
    await worker.stop();
    expect(executor.tasks.filter(({kind}) => kind === 'train')).toHaveLength(2);
  });

  it('lets go of a task whose files were being read when it was stopped', async () => {
    const folder = newFolder();
    const shared = openStore(folder);
    const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = readingAfter(shared, () => {
      begun.resolve();
      return held.promise;
    });
    const worker = startWorker({shared: slow});
    const running = sweep(folder, {shared});
    await begun.promise;
    const stopped = worker.stop();
    held.resolve();
    await stopped;
    expect(worker.events.at(-1)?.type).toBe('handed-back');
    expect(await redis.keys('minefield:outcome:basin-*')).toEqual([]);
    const other = startWorker({shared});
    expect(await running).toMatchObject({done: JOBS, failed: []});
    await other.stop();
  });

  it('keeps what was finished while nobody waited, for the next sweep to collect', async () => {
    const controller = new AbortController();
    const folder = newFolder();
    const first = sweep(folder, {signal: controller.signal});
    while ((await redis.keys('minefield:queue:*:train-*')).length < 2) await pause(20);
    controller.abort();
    expect(await first).toMatchObject({interrupted: true, done: 0});
    const worker = startWorker();
    while ((await redis.keys('minefield:outcome:train-*')).length < 2) await pause(20);
    await worker.stop();
    const executor = counting(inlineExecutor(here));
    const other = startWorker({executor});
    expect(await sweep(folder)).toMatchObject({done: JOBS, failed: []});
    await other.stop();
    expect(executor.tasks.filter(({kind}) => kind === 'train')).toEqual([]);
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('hands a task back when its worker is stopped, and another goes on from its snapshot', async () => {
    const spec: ExperimentSpec = {
      ...small,
      recipe: {...tinySpec.recipe, steps: 3000, evaluateEvery: 1000},
      seeds: [1],
      analyses: {},
    };
    const [folder, alone] = [newFolder(), newFolder()];
    const running = sweep(folder, {spec});
    const worker = startWorker({snapshotSeconds: 0});
    while ((await redis.keys('minefield:parts:*')).length < 2) await pause(5);
    await worker.stop();
    expect(worker.events.map(({type}) => type)).toContain('handed-back');
    expect(await redis.keys('minefield:outcome:*')).toEqual([]);
    const other = startWorker();
    expect(await running).toMatchObject({done: 2, failed: []});
    await other.stop();
    expect(await redis.keys('minefield:parts:*')).toEqual([]);
    const executor = inlineExecutor(here);
    await runExperiment(spec, {store: openStore(alone), executor, ...portable});
    expect(contents(folder)).toEqual(contents(alone));
  });

  it('ends a task that fails every time with its error, and does the others', async () => {
    const inner = inlineExecutor(here);
    const tries: string[] = [];
    const executor: Executor = {
      ...inner,
      execute: (task, options) => {
        if (task.kind === 'train' || task.job.analysis !== 'margin' || task.job.seed !== 1)
          return inner.execute(task, options);
        tries.push(task.job.identity);
        return Promise.reject(new InputError('the numbers do not like it'));
      },
    };
    const worker = startWorker({executor});
    const folder = newFolder();
    const summary = await sweep(folder);
    expect(summary.failed.map(({error}) => error)).toEqual(
      Array.from({length: 2}, () => 'the numbers do not like it'),
    );
    expect(summary.done).toBe(JOBS - 2);
    expect(tries).toHaveLength(2 * 3);
    await worker.stop();
    const repairing = startWorker();
    expect(await sweep(folder)).toMatchObject({done: 2, failed: []});
    await repairing.stop();
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('has a task done again whose outcome is damaged or of other jobs', async () => {
    const blobs = redisBlobs(redis);
    const jobs = expandSpec(small, portable).filter((job) => job.kind === 'run');
    const [a, b, c, d] = jobs;
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('4 runs');
    const foreign = await inlineExecutor(here).execute({kind: 'train', jobs: [c, d]});
    await leaveOutcome(redis, taskId({kind: 'train', jobs: [a, b]}), foreign, blobs);
    await redis.set(`minefield:outcome:${taskId({kind: 'train', jobs: [c, d]})}`, '{"half');
    const worker = startWorker();
    const folder = newFolder();
    expect(await sweep(folder)).toMatchObject({done: JOBS, failed: []});
    await worker.stop();
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('tells who is there, what is in work, and what failed', async () => {
    const inner = inlineExecutor(here);
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const executor: Executor = {
      ...inner,
      execute: async (task, options) => {
        options?.onProgress?.(0.5);
        await held;
        throw new InputError('not today');
      },
    };
    const worker = startWorker({executor});
    const training: ExperimentSpec = {...small, analyses: {}};
    const running = sweep(newFolder(), {spec: training});
    let during = await queueStatus(server.url);
    while (during.running[0]?.fraction !== 0.5) during = await queueStatus(server.url);
    expect(during).toMatchObject({
      workers: [{machine: 'there', workers: 1}],
      sweeps: 1,
      waiting: 1,
      active: 1,
      failed: 0,
    });
    const identities = new Set(expandSpec(training, portable).map(({identity}) => identity));
    expect(during.running.every(({identity}) => identities.has(identity))).toBe(true);
    goOn();
    await running;
    await worker.stop();
    const after = await queueStatus(server.url);
    expect(after).toMatchObject({workers: [], sweeps: 0, waiting: 0, active: 0, failed: 2});
    expect(after.errors.map(({error}) => error)).toEqual(Array.from({length: 4}, () => 'not today'));
  });
});
