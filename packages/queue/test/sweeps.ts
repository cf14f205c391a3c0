/** Sweeps by a queue, and workers in this process, for tests that break Redis under them. */
import {
  type Executor,
  inlineExecutor,
  type JobResult,
  runExperiment,
  type Task,
} from '@minefield/experiments';
import {portable, tinySpec} from '@minefield/experiments/testing';
import {openStore} from '@minefield/results/node';
import type {ExperimentSpec} from '@minefield/spec';
import {taskId} from '../src/payload.ts';
import {queueExecutor} from '../src/queue-executor.ts';
import {queueStorage} from '../src/queue-storage.ts';
import {type QueueWorkerEvent, type QueueWorkerOptions, runQueueWorker} from '../src/queue-worker.ts';

const {basin, margin} = tinySpec.analyses;

/** Four runs, which are trained two by two, and a basin and a margin of each. */
export const small: ExperimentSpec = {
  ...tinySpec,
  experiment: 'small',
  analyses: {...(basin && {basin}), ...(margin && {margin})},
};
export const SMALL_JOBS = 12;

/** Work in this process, which remembers what each task gave: a task that is done twice takes no time. */
export function remembering(): Executor {
  const inner = inlineExecutor({...portable, openStorage: queueStorage});
  const known = new Map<string, Promise<JobResult[]>>();
  return {
    ...inner,
    execute: (task) => {
      const id = taskId(task);
      const results = known.get(id) ?? inner.execute(task);
      known.set(id, results);
      return results;
    },
  };
}

/** Holds the first task of a kind until it is let go, or its worker is told to give it up. */
export function holding(inner: Executor, kind: Task['kind']) {
  const [begun, freed] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
  let holds = true;
  const executor: Executor = {
    ...inner,
    execute: async (task, options) => {
      if (holds && task.kind === kind) {
        holds = false;
        begun.resolve(taskId(task));
        const given = Promise.withResolvers<never>();
        options?.signal?.addEventListener('abort', () => given.reject(options.signal?.reason));
        await Promise.race([freed.promise, given.promise]);
      }
      return inner.execute(task, options);
    },
  };
  return {executor, begun: begun.promise, release: (): void => freed.resolve()};
}

/** A sweep into a folder. */
export function startSweep(url: string, folder: string, spec: ExperimentSpec = small) {
  const notices: string[] = [];
  const controller = new AbortController();
  const run = async () => {
    const executor = await queueExecutor({
      url,
      spec,
      ...portable,
      machine: 'here',
      onNotice: (text) => notices.push(text),
    });
    try {
      const {signal} = controller;
      return await runExperiment(spec, {
        store: openStore(folder),
        executor,
        ...portable,
        networks: 2,
        signal,
      });
    } finally {
      await executor.close();
    }
  };
  return {summary: run(), notices, stop: (): void => controller.abort(new Error('stopped'))};
}

/** A worker in this process; `stop` ends it. */
export function startWorker(url: string, executor: Executor, options: Partial<QueueWorkerOptions> = {}) {
  const controller = new AbortController();
  const events: QueueWorkerEvent[] = [];
  const ended = runQueueWorker({
    url,
    executor,
    ...portable,
    machine: 'there',
    lockSeconds: 1,
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
