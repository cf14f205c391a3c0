import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {
  type DataSources,
  type Executor,
  inlineExecutor,
  processPool,
  runExperiment,
} from '@minefield/experiments';
import {portable, tinySpec} from '@minefield/experiments/testing';
import {openStore} from '@minefield/results/node';
import type {ExperimentSpec} from '@minefield/spec';
import type {Redis} from 'ioredis';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {type RedisServer, redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {connect} from './connect.ts';
import {queueExecutor} from './queue-executor.ts';
import {queueStorage} from './queue-storage.ts';
import {type QueueWorkerEvent, runQueueWorker} from './queue-worker.ts';
import {queueWorkerPool} from './worker-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-worker-'));
let server: RedisServer;
let redis: Redis;
let sweeps = 0;

/** Two runs, and nothing of them. */
const spec: ExperimentSpec = {
  ...tinySpec,
  experiment: 'mortal',
  seeds: [1, 2],
  poisonFactors: [0],
  analyses: {},
};

const untouched: Executor = {
  workers: 1,
  execute: () => Promise.reject(new Error('touched')),
  close: () => Promise.resolve(),
};

describe.skipIf(redisPath === null)('a worker of a queue', () => {
  beforeAll(async () => {
    server = await startRedis();
    redis = await connect(server.url);
  });
  beforeEach(async () => {
    await redis.flushall();
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.remove();
    rmSync(folder, {recursive: true, force: true});
  });

  /** A sweep by one worker. */
  async function sweep(executor: Executor, sources: DataSources, controller = new AbortController()) {
    const events: QueueWorkerEvent[] = [];
    const {numerics} = portable;
    const working = runQueueWorker({
      url: server.url,
      executor,
      numerics,
      sources,
      machine: 'there',
      signal: controller.signal,
      onEvent: (event) => events.push(event),
    });
    const collecting = new AbortController();
    const collector = await queueExecutor({url: server.url, spec, ...portable, machine: 'here'});
    const summary = runExperiment(spec, {
      store: openStore(join(folder, `out-${sweeps++}`)),
      executor: collector,
      ...portable,
      networks: 1,
      signal: collecting.signal,
    }).finally(() => collector.close());
    return {events, working, summary, collecting, controller};
  }

  /** The next process of a pool that is none of these, as soon as it is there. */
  async function nextChild(known: readonly number[]): Promise<number> {
    for (;;) {
      const {stdout} = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'queue/src/worker'], {
        encoding: 'utf8',
      });
      const fresh = stdout.split('\n').filter(Boolean).map(Number);
      const next = fresh.find((pid) => !known.includes(pid));
      if (next !== undefined) return next;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Keys of tasks that somebody holds. */
  const held = (): Promise<string[]> => redis.keys('minefield:*:lock');

  it('whose store is another folder than that of the sweep is named as the fault, not its records', async () => {
    const notices: string[] = [];
    const controller = new AbortController();
    const common = {url: server.url, ...portable};
    const working = runQueueWorker({
      ...common,
      executor: inlineExecutor({...portable, openStorage: queueStorage}),
      machine: 'there',
      shared: openStore(join(folder, 'elsewhere')),
      signal: controller.signal,
    });
    const shared = openStore(join(folder, 'here'));
    const collector = await queueExecutor({
      ...common,
      spec,
      machine: 'here',
      shared,
      lookSeconds: 0.02,
      onNotice: (text) => notices.push(text),
    });
    const sweeping = runExperiment(spec, {store: shared, executor: collector, ...portable});
    const {done, failed} = await sweeping.finally(() => collector.close());
    expect(done).toBe(0);
    expect(failed).toHaveLength(2);
    const remedy = 'start every worker with --store and the folder of "run --out"';
    for (const {error} of failed) {
      expect(error).toContain(
        `expected the files of an outcome in ${shared.directory}, got none 3 times; ${remedy}`,
      );
      expect(error).not.toContain('damaged');
    }
    expect(notices.filter((text) => text.includes(remedy))).toHaveLength(1);
    controller.abort(new Error('stopped'));
    await working;
  });

  it('fails a task whose processes die as they start, in words, and lets go of it', async () => {
    const file = join(folder, 'entry.mjs');
    writeFileSync(file, 'process.exit(3);');
    const pool = processPool({workers: 1, numerics: 'portable', entry: pathToFileURL(file)});
    const {summary, working, controller} = await sweep(pool, portable.sources);
    const {failed, done} = await summary;
    expect(done).toBe(0);
    expect(failed.map(({error}) => error)).toEqual(
      Array.from({length: 2}, () => expect.stringContaining('the worker process died 3 times (exit code 3)')),
    );
    for (const {error} of failed) expect(error).not.toContain('    at ');
    expect(await held()).toEqual([]);
    controller.abort(new Error('stopped'));
    await working;
    await pool.close();
  });

  it('goes on where its process dies, and the one in its place as it starts', async () => {
    const pool = queueWorkerPool({workers: 1, numerics: 'portable'});
    const {summary, working, controller, events} = await sweep(pool, portable.sources);
    const first = await nextChild([]);
    process.kill(first, 'SIGKILL');
    process.kill(await nextChild([first]), 'SIGKILL');
    expect(await summary).toMatchObject({done: 2, failed: []});
    expect(await held()).toEqual([]);
    controller.abort(new Error('stopped'));
    await working;
    await pool.close();
    const notes = events.filter((event) => event.type === 'note').map(({note}) => note.text);
    expect(notes).toEqual(['begins again: its worker died', 'begins again: its worker died']);
  });

  it('that is told to stop while it draws data draws no more, and hands the task back', async () => {
    const controller = new AbortController();
    let drawn = 0;
    const twoSpirals = {
      ...portable.sources['two-spirals'],
      fingerprint: (dataset: never, seed: number): string => {
        drawn += 1;
        controller.abort(new Error('stopped'));
        return portable.sources['two-spirals'].fingerprint(dataset, seed);
      },
    };
    const sources = {...portable.sources, 'two-spirals': twoSpirals};
    const {working, summary, collecting, events} = await sweep(untouched, sources, controller);
    await working;
    expect(drawn).toBe(1);
    expect(events.filter(({type}) => type !== 'ready')).toEqual([]);
    expect(await held()).toEqual([]);
    const [waiting = ''] = await redis.keys('minefield:*:wait');
    expect(await redis.llen(waiting)).toBe(2);
    collecting.abort(new Error('stopped'));
    await summary;
  });
});
