/**
 * `node --conditions=@minefield/source bench/many-jobs.ts [--jobs 10000]`: that many tiny jobs through the pool and through a
 * queue; the memory of the processes at the start, in the middle and at the end, and how long the status takes. JSON.
 */
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {type Executor, dataSources, processPool, runExperiment, sweepStatus} from '@minefield/experiments';
import {queueExecutor, queueWorkerPool, runQueueWorker} from '@minefield/queue';
import type {ExperimentSpec} from '@minefield/spec';
import {openStore} from '@minefield/results/node';
import {type RedisServer, startRedis} from '../.ci/redis-server.ts';
import {machine} from './machine.ts';

const {values} = parseArgs({
  options: {jobs: {type: 'string', default: '10000'}, way: {type: 'string', default: ''}},
});
const jobs = Number(values.jobs);
const WORKERS = 2;
const MEASURED = [0.1, 0.5, 0.95];

/** Half of the jobs train a network of three units for a step, the others look at one. */
const spec: ExperimentSpec = {
  experiment: 'many',
  profile: 'bench',
  title: 'Many tiny jobs',
  dataset: {name: 'two-spirals', train: 4, test: 4, fresh: 4},
  model: {name: 'mlp', hidden: [3]},
  initialization: 'kaiming-uniform',
  recipe: {
    steps: 1,
    optimizer: {name: 'sgd'},
    learningRate: 0.01,
    schedule: {name: 'constant'},
    poisonPoints: 4,
    evaluateEvery: 1,
  },
  poisonFactors: Array.from({length: 10}, (_, i) => i / 10),
  seeds: Array.from({length: jobs / 20}, (_, i) => i),
  analyses: {boundary: {halfWidth: 20, size: 2}},
  decides: [],
};

interface Sample {
  readonly jobs: number;
  /** MiB of the process of the sweep; with a queue, the worker's main process is the same. */
  readonly sweep: number;
  /** MiB of that which its own objects take. */
  readonly heap: number;
  /** MiB of all that it started: the processes that work. */
  readonly workers: number;
  /** MiB that Redis uses for data. */
  readonly redis: number | null;
}

async function measure(way: 'pool' | 'queue') {
  const folder = await mkdtemp(join(tmpdir(), 'minefield-many-'));
  const store = openStore(folder);
  const computing = {numerics: 'portable', sources: dataSources()};
  const makePool = way === 'queue' ? queueWorkerPool : processPool;
  const pool = makePool({workers: WORKERS, numerics: 'portable'});
  const server = way === 'queue' ? await startRedis() : undefined;
  const stop = new AbortController();
  let worker: Promise<void> = Promise.resolve();
  let executor: Executor = pool;
  if (server !== undefined) {
    const common = {...computing, url: server.url, machine: 'bench'};
    worker = runQueueWorker({...common, executor: pool, signal: stop.signal});
    executor = await queueExecutor({...common, spec});
  }
  const samples: Promise<Sample>[] = [];
  const started = performance.now();
  try {
    let finished = 0;
    const {done, failed} = await runExperiment(spec, {
      store,
      executor,
      ...computing,
      onEvent: ({type}) => {
        if (type !== 'finished') return;
        finished += 1;
        if (!MEASURED.some((share) => Math.round(share * jobs) === finished)) return;
        samples.push(sample(finished, server));
      },
    });
    const seconds = (performance.now() - started) / 1000;
    const asked = performance.now();
    const status = await sweepStatus(store, 'many');
    const statusSeconds = (performance.now() - asked) / 1000;
    return {
      way,
      done,
      failed: failed.length,
      seconds,
      samples: await Promise.all(samples),
      statusSeconds,
      statusDone: status?.done,
    };
  } finally {
    stop.abort();
    await worker;
    await executor.close();
    await pool.close();
    await server?.remove();
    await rm(folder, {recursive: true, force: true});
  }
}

async function sample(finished: number, server: RedisServer | undefined): Promise<Sample> {
  // What is alive, rather than what has not been swept yet.
  globalThis.gc?.();
  const {rss, heapUsed} = process.memoryUsage();
  const memory = {sweep: rss / 2 ** 20, heap: heapUsed / 2 ** 20, workers: usedByChildren()};
  return {jobs: finished, ...memory, redis: server === undefined ? null : await usedByRedis(server)};
}

async function usedByRedis(server: RedisServer): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await server.ask('INFO memory'))?.[1]) / 2 ** 20;
}

function usedByChildren(): number {
  const {stdout} = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'rss=,args='], {encoding: 'utf8'});
  const workers = stdout.split('\n').filter((line) => line.includes('worker.'));
  return workers.reduce((sum, line) => sum + Number(/\d+/.exec(line)?.[0] ?? 0), 0) / 2 ** 10;
}

if (values.way === 'pool' || values.way === 'queue') console.log(JSON.stringify(await measure(values.way)));
else {
  // Each in a process of its own, so that neither starts with the other's memory.
  const ways = ['pool', 'queue'].map((way): unknown => {
    const output = execFileSync(
      process.execPath,
      [...process.execArgv, '--expose-gc', import.meta.filename, '--jobs', String(jobs), '--way', way],
      {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']},
    );
    return JSON.parse(output);
  });
  console.log(JSON.stringify({machine: machine(), ways}, null, 2));
}
