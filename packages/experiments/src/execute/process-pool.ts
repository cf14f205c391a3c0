/**
 * A pool of worker processes on this machine.
 *
 * Tinypool rather than Piscina, because its workers can be child processes: a worker that is killed, runs out of memory
 * or dies in a native backend takes only its own task with it, and `@tensorflow/tfjs-node` is not safe in threads.
 */
import {Tinypool} from 'tinypool';
import {type JobResult, type Task, jobsOf} from '../jobs/task.ts';
import type {DataFiles} from '../materials/data-files.ts';
import type {ExecuteOptions, Executor} from './executor.ts';
import {type WorkerMessage, type WorkerPayload, unpackFailure, messageOf} from './worker-protocol.ts';

const SOURCE_CONDITION = '--conditions=@minefield/source';

/** Times that a task is begun when its worker dies every time: it may be the task that kills it. */
const ATTEMPTS = 3;

export interface ProcessPoolOptions {
  readonly workers: number;
  readonly numerics: string;
  /** Files of data that every worker opens. */
  readonly files?: DataFiles;
  /** The module that each worker process runs, which exports a `workerEntry` as `work`. Default: one that keeps work in folders. */
  readonly entry?: URL;
}

export function processPool(options: ProcessPoolOptions): Executor {
  const {workers, numerics, files = {}, entry = siblingOf(import.meta.url, 'worker')} = options;
  const fromSource = entry.pathname.endsWith('.ts');
  const pool = new Tinypool({
    filename: entry.href,
    name: 'work',
    runtime: 'child_process',
    minThreads: workers,
    maxThreads: workers,
    execArgv: fromSource ? sourceFlags() : [],
    env: Object.fromEntries(
      Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
    serialization: 'advanced',
  });
  // A worker that dies while idle has no task to report to; the pool replaces it.
  pool.on('error', () => undefined);

  async function execute(
    task: Task,
    {signal, onProgress, onNote, work: place}: ExecuteOptions = {},
  ): Promise<JobResult[]> {
    const payload: WorkerPayload = {task, numerics, place, files};
    const hear = (message: WorkerMessage): void => {
      if ('note' in message) onNote?.(message.note);
      else onProgress?.(message.progress);
    };
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      try {
        const channel = {postMessage: hear};
        return (await pool.run(payload, {...(signal && {signal}), channel})) as JobResult[];
      } catch (error) {
        signal?.throwIfAborted();
        if (messageOf(error) !== DIED) throw unpackFailure(error);
        if (attempt === ATTEMPTS) throw died(task);
        for (const {identity} of jobsOf(task)) onNote?.({identity, text: 'begins again: its worker died'});
      }
    }
  }

  async function close(): Promise<void> {
    // Nothing else may keep this process alive until the last worker, which may be busy, has ended.
    const alive = setInterval(() => undefined, 1000);
    await pool.destroy().finally(() => clearInterval(alive));
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

/** What Tinypool says of a worker that has no words of its own. */
const DIED = 'Worker exited unexpectedly';

function died(task: Task): Error {
  return new Error(
    `experiments.processPool: the worker process died ${ATTEMPTS} times (killed, or out of memory) with ` +
      `${jobsOf(task).length} job(s) in work; run again to repeat them, with fewer --workers if memory is short`,
  );
}
