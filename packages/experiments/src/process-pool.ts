/**
 * A pool of worker processes on this machine.
 *
 * Tinypool rather than Piscina, because its workers can be child processes: a worker that is killed, runs out of memory
 * or dies in a native backend takes only its own task with it, and `@tensorflow/tfjs-node` is not safe in threads.
 */
import {Tinypool} from 'tinypool';
import type {ExecuteOptions, Executor} from './executor.ts';
import {type JobResult, type Task, jobsOf} from './task.ts';

const SOURCE_CONDITION = '--conditions=@minefield/source';

/** Message that a worker sends while it works. */
export interface ProgressMessage {
  readonly progress: number;
}

/** What a worker is given besides its task. */
export interface WorkerPayload {
  readonly task: Task;
  readonly numerics: string;
}

export function processPool(options: {readonly workers: number; readonly numerics: string}): Executor {
  const {workers, numerics} = options;
  const fromSource = import.meta.url.endsWith('.ts');
  const pool = new Tinypool({
    filename: new URL(fromSource ? './worker.ts' : './worker.js', import.meta.url).href,
    name: 'work',
    runtime: 'child_process',
    minThreads: workers,
    maxThreads: workers,
    execArgv: fromSource ? sourceFlags() : [],
    env: Object.fromEntries(
      Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    serialization: 'advanced',
  });
  // A worker that dies while idle has no task to report to; the pool replaces it.
  pool.on('error', () => undefined);

  async function execute(task: Task, {signal, onProgress}: ExecuteOptions = {}): Promise<JobResult[]> {
    signal?.throwIfAborted();
    const payload: WorkerPayload = {task, numerics};
    try {
      return (await pool.run(payload, {
        ...(signal === undefined ? {} : {signal}),
        channel: {
          postMessage: (message: ProgressMessage) => onProgress?.(message.progress),
        },
      })) as JobResult[];
    } catch (error) {
      signal?.throwIfAborted();
      throw described(error, task);
    }
  }

  return {workers, execute, close: () => pool.destroy()};
}

/** Flags of this process, without its debugger's port, and with the condition that makes packages load from sources. */
function sourceFlags(): string[] {
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--inspect'));
  return flags.includes(SOURCE_CONDITION) ? flags : [...flags, SOURCE_CONDITION];
}

/** Errors lose their class on the way from another process; a dead worker has no words of its own. */
function described(error: unknown, task: Task): Error {
  const message = error instanceof Error ? error.message : messageOf(error);
  if (message !== 'Worker exited unexpectedly') return new Error(message);
  return new Error(
    `experiments.processPool: the worker process died (killed, or out of memory) with ${jobsOf(task).length} job(s) in work; ` +
      'run again to repeat them, with fewer --workers if memory is short',
  );
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
