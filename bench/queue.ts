import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Executor, dataSources, processPool, runExperiment} from '@minefield/experiments';
import {queueExecutor, queueWorkerPool, runQueueWorker} from '@minefield/queue';
import {median} from '@minefield/core';
import type {ExperimentSpec} from '@minefield/spec';
import {openStore} from '@minefield/results/node';
import {redisPath, startRedis} from '../.ci/redis-server.ts';
import type {Setting} from './compare.ts';
import {rowOf} from './row.ts';
import {shortSweep} from './workers.ts';

const WORKERS = 2;
const computing = {numerics: 'portable', sources: dataSources()};

/** A short toy sweep through a queue on this machine against the same pool of workers without one: wall time. */
export async function queue({wanted, repeats, report}: Setting): Promise<void> {
  const spec = shortSweep();
  const name = `toy sweep of ${spec.seeds.length} runs through a queue, ${WORKERS} workers`;
  if (!wanted(name) || redisPath === null) return;
  const server = await startRedis();
  const times: Record<'queue' | 'pool', number[]> = {queue: [], pool: []};
  try {
    for (let repeat = 0; repeat < repeats; repeat++) {
      times.pool.push(await secondsOf(spec, processPool({workers: WORKERS, numerics: 'portable'})));
      // Or it would find what the repeat before has left to be collected.
      await server.ask('FLUSHALL');
      times.queue.push(await throughQueue(spec, server.url));
    }
  } finally {
    await server.remove();
  }
  report(
    rowOf(
      name,
      {ours: median(times.queue), peer: median(times.pool)},
      {peerName: 'the local pool', target: 0.95},
    ),
  );
}

async function throughQueue(spec: ExperimentSpec, url: string): Promise<number> {
  const common = {...computing, url, machine: 'bench'};
  const pool = queueWorkerPool({workers: WORKERS, numerics: 'portable'});
  const stop = new AbortController();
  const worker = runQueueWorker({...common, executor: pool, signal: stop.signal});
  try {
    return await secondsOf(spec, await queueExecutor({...common, spec}));
  } finally {
    stop.abort();
    await worker;
    await pool.close();
  }
}

async function secondsOf(spec: ExperimentSpec, executor: Executor): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'minefield-bench-'));
  const start = performance.now();
  try {
    // As many side by side as the pool takes by itself.
    const networks = Math.ceil(spec.seeds.length / WORKERS);
    await runExperiment(spec, {store: openStore(folder), executor, ...computing, networks});
    return (performance.now() - start) / 1000;
  } finally {
    await executor.close();
    await rm(folder, {recursive: true, force: true});
  }
}
