/**
 * A pool of worker processes on this machine: a worker that is killed, runs out of memory or dies in a native backend takes
 * only its own task with it, and `@tensorflow/tfjs-node` is not safe in threads.
 *
 * Of our own, because the pools that there are (Tinypool, Piscina, jest-worker) take a worker that dies while it starts for
 * the fault of nobody: its place stays empty, and its task waits for ever.
 */
import {InputError} from '@minefield/core';
import {type JobResult, type Task, jobsOf} from '../jobs/task.ts';
import type {DataFiles} from '../materials/data-files.ts';
import type {ExecuteOptions, Executor} from './executor.ts';
import {WorkerDiedError} from './failure.ts';
import {WorkerEndedError, type WorkerProcess, startWorker} from './worker-process.ts';
import type {WorkerPayload, WorkerWord} from './worker-protocol.ts';

const SOURCE_CONDITION = '--conditions=@minefield/source';

/** Times that a task is begun when its worker dies every time: it may be the task that kills it. */
const ATTEMPTS = 3;

export interface ProcessPoolOptions {
  /** Most processes; they are started as tasks come. */
  readonly workers: number;
  readonly numerics: string;
  /** Files of data that every worker opens. */
  readonly files?: DataFiles;
  /** The module that each worker process runs, which calls `workerEntry`. Default: one that keeps work in folders. */
  readonly entry?: URL;
}

export function processPool(options: ProcessPoolOptions): Executor {
  const {workers, numerics, files = {}, entry = siblingOf(import.meta.url, 'worker')} = options;
  const execArgv = entry.pathname.endsWith('.ts') ? sourceFlags() : [];
  const alive = new Set<WorkerProcess>();
  const idle = new Set<WorkerProcess>();
  let free = workers;
  const waiting: (() => void)[] = [];
  let closed = false;

  /** A worker that has nothing to do, or a new one. */
  function taken(): WorkerProcess {
    for (const worker of idle) {
      idle.delete(worker);
      if (worker.usable) return worker;
    }
    const worker = startWorker(entry, execArgv);
    alive.add(worker);
    void worker.gone.finally(() => {
      alive.delete(worker);
      idle.delete(worker);
    });
    return worker;
  }

  async function attempt(
    payload: WorkerPayload,
    {signal, onProgress, onNote}: ExecuteOptions,
  ): Promise<JobResult[]> {
    signal?.throwIfAborted();
    if (closed) throw closedError();
    const worker = taken();
    const stop = (): void => worker.kill();
    signal?.addEventListener('abort', stop, {once: true});
    const hear = (word: WorkerWord): void => {
      if ('note' in word) onNote?.(word.note);
      else onProgress?.(word.progress);
    };
    try {
      return await worker.work(payload, hear);
    } catch (error) {
      signal?.throwIfAborted();
      throw closed ? closedError() : error;
    } finally {
      signal?.removeEventListener('abort', stop);
      if (worker.usable) idle.add(worker);
      // Its place is free once it is gone, so that there are never more than were asked for.
      else await worker.gone;
    }
  }

  async function execute(task: Task, given: ExecuteOptions = {}): Promise<JobResult[]> {
    const payload: WorkerPayload = {task, numerics, place: given.work, files};
    if (free > 0) free -= 1;
    else await new Promise<void>((come) => waiting.push(come));
    try {
      for (let times = 1; ; times++) {
        try {
          return await attempt(payload, given);
        } catch (error) {
          if (!(error instanceof WorkerEndedError)) throw error;
          if (times === ATTEMPTS) throw died(task, error.message);
          for (const {identity} of jobsOf(task)) {
            given.onNote?.({identity, text: 'begins again: its worker died'});
          }
        }
      }
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  }

  async function close(): Promise<void> {
    closed = true;
    const ends = [...alive].map((worker) => {
      worker.kill();
      return worker.gone;
    });
    await Promise.all(ends);
  }

  return {workers, execute, close};
}

/** A module beside another one, in the form in which that one was loaded: from sources or compiled. */
export function siblingOf(url: string, name: string): URL {
  return new URL(`./${name}${url.endsWith('.ts') ? '.ts' : '.js'}`, url);
}

/** Flags of this process, without its debugger's port, and with the condition that makes packages load from sources. */
function sourceFlags(): string[] {
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--inspect'));
  return flags.includes(SOURCE_CONDITION) ? flags : [...flags, SOURCE_CONDITION];
}

function closedError(): Error {
  return new InputError(
    'experiments.processPool: expected a pool in use, got a task while the pool is closed',
  );
}

/** @param how the last of its workers ended */
function died(task: Task, how: string): Error {
  return new WorkerDiedError(
    `experiments.processPool: the worker process died ${ATTEMPTS} times (${how}) with ` +
      `${jobsOf(task).length} job(s) in work; run again to repeat them, with fewer --workers if memory is short`,
  );
}
