import {
  type DataSources,
  type ExecuteOptions,
  type Executor,
  type JobResult,
  jobsOf,
  type Task,
} from '@minefield/experiments';
import {shortIdentity} from '@minefield/results';
import type {Store} from '@minefield/results/node';
import type {ExperimentSpec} from '@minefield/spec';
import {checkCount, checkSeconds} from './check-number.ts';
import {type Sweep, outcomeOf} from './enqueued-task.ts';
import {endsWhileAnswering} from './endings.ts';
import {UNKNOWN_EVICTION} from './eviction.ts';
import {FileHolders} from './file-holders.ts';
import {refusal} from './foreign-keys.ts';
import {type Kinds, keys, kindsOf} from './keys.ts';
import {Lookout} from './lookout.ts';
import {openQueue} from './open-queue.ts';
import {forgetOutcome} from './outcome.ts';
import {filesOf, taskId} from './payload.ts';
import {WaitingRoom} from './waiting-room.ts';
import {forgetTask} from './whereabouts.ts';

export interface QueueExecutorOptions {
  /** `redis://…` or, with TLS, `rediss://…`. */
  readonly url: string;
  /** Whose tasks will be executed. */
  readonly spec: ExperimentSpec;
  readonly numerics: string;
  readonly sources: DataSources;
  /** What this machine is called at the queue. */
  readonly machine: string;
  /** The results folder, where all workers see it: files then go through it. Default: they go through Redis. */
  readonly shared?: Store;
  /** Times that a task is begun before its error is its outcome. Default 3. */
  readonly attempts?: number;
  /** Between two looks at what the events should have told: Redis may have lost them, or everything. At most 3600; default 3. */
  readonly lookSeconds?: number;
  /** Hears what whoever watches should know, such as that there are no workers, or that tasks were lost. */
  readonly onNotice?: (text: string) => void;
}

/** Least tasks in the queue at the same time; with many workers, twice as many as there are of them. */
const WINDOW = 64;

/**
 * Has tasks done by the workers of a queue. A task is named after its jobs, so that sweeps of the same experiment share
 * it, and what was finished while nobody waited is collected later. What Redis loses of it is enqueued anew.
 *
 * @throws {InputError} when there is no Redis at the URL, when it is not fit for a queue, when workers of other versions
 *   are there, or when a number is out of its range
 */
export async function queueExecutor(options: QueueExecutorOptions): Promise<Executor> {
  const {spec, shared, attempts = 3, lookSeconds = 3, onNotice = () => undefined} = options;
  checkCount('queue.queueExecutor', 'attempts', attempts);
  checkSeconds('queue.queueExecutor', 'lookSeconds', lookSeconds);
  const place = await openQueue(options);
  const {redis, blobs, name} = place;
  try {
    if (place.keeps === undefined) onNotice(UNKNOWN_EVICTION);
  } catch (error) {
    await place.close();
    throw error;
  }
  const lookout = new Lookout({...place, onNotice});
  const room = new WaitingRoom(place.events);
  const holders = new FileHolders(blobs);
  /** Files of the outcomes that were handed over and not settled yet. */
  const collected = new Map<string, readonly string[]>();
  let [elsewhereTold, window] = [false, WINDOW];
  const sweep: Sweep = {
    place,
    spec,
    lookout,
    attempts,
    shared,
    onFilesElsewhere(text) {
      if (!elsewhereTold) onNotice(text);
      elsewhereTold = true;
    },
  };
  const lookAround = async (): Promise<void> => {
    room.ringAll();
    await lookout.look(room.size);
    window = Math.max(WINDOW, 2 * lookout.processes);
  };
  const timer = setInterval(() => void lookAround().catch(() => undefined), 1000 * lookSeconds);

  async function execute(task: Task, executeOptions: ExecuteOptions = {}): Promise<JobResult[]> {
    const {signal} = executeOptions;
    signal?.throwIfAborted();
    const id = taskId(task);
    const bell = room.enter(id, executeOptions);
    holders.hold(filesOf(task));
    const outcome = outcomeOf(sweep, task, bell, signal);
    const stopped = Promise.withResolvers<never>();
    // It ends by itself, unless it waits for a Redis that is away.
    const stop = (): void =>
      void endsWhileAnswering(redis, outcome).then(() => stopped.reject(signal?.reason));
    signal?.addEventListener('abort', stop, {once: true});
    try {
      const {results, files} = await Promise.race([outcome, stopped.promise]);
      collected.set(id, files);
      return results;
    } catch (error) {
      throw await refusal(redis, {...kindsOf(name), ...kindsOfTask(name, task)}, error);
    } finally {
      signal?.removeEventListener('abort', stop);
      room.leave(id);
      holders.letGo(filesOf(task));
    }
  }

  return {
    get workers() {
      return window;
    },
    shared: true,
    execute,
    async settled(task) {
      const id = taskId(task);
      await redis.del(jobsOf(task).map(({identity}) => keys.parts(shortIdentity(identity))));
      // Analyses that were queued meanwhile let go of what they read by themselves.
      const files = (collected.get(id) ?? []).filter((file) => !holders.isHeld(file));
      collected.delete(id);
      await forgetOutcome(redis, id, files, blobs);
      // What its worker could not put away, since the list that it was in is gone.
      await forgetTask(redis, name, id, 'stray');
    },
    async close() {
      clearInterval(timer);
      lookout.tellLosses();
      await place.close();
    },
  };
}

/** Kinds of the keys of one task. */
function kindsOfTask(queue: string, task: Task): Kinds {
  const id = taskId(task);
  const texts = [keys.outcome(id), keys.ofQueue(queue, `${id}:lock`), ...filesOf(task).map(keys.blob)];
  const hashes = [
    keys.ofQueue(queue, id),
    ...jobsOf(task).map(({identity}) => keys.parts(shortIdentity(identity))),
  ];
  return Object.fromEntries([
    ...texts.map((key) => [key, 'string'] as const),
    ...hashes.map((key) => [key, 'hash'] as const),
  ]);
}
