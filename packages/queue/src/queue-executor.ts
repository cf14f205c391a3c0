import {InputError} from '@minefield/core';
import {shortIdentity} from '@minefield/results';
import type {Store} from '@minefield/results/node';
import {Queue, QueueEvents} from 'bullmq';
import * as z from 'zod';
import {
  type ExecuteOptions,
  type Executor,
  type JobResult,
  jobsOf,
  type Task,
  type DataSources,
  failedElsewhere,
} from '@minefield/experiments';
import type {ExperimentSpec} from '@minefield/spec';
import {Bell} from './bell.ts';
import {connect} from './connect.ts';
import {UNKNOWN_EVICTION} from './eviction.ts';
import {refusal} from './foreign-keys.ts';
import {handshakeOf} from './handshake.ts';
import {joinQueue} from './join-queue.ts';
import {type Kinds, QUEUE_PREFIX, keys, kindsOf, seconds} from './keys.ts';
import {folderBlobs, redisBlobs} from './blob-store.ts';
import {Lookout} from './lookout.ts';
import {type CollectedOutcome, type NoOutcome, collectOutcome, forgetOutcome} from './outcome.ts';
import {filesOf, payloadOf, taskId} from './payload.ts';
import {Watch} from './watch.ts';
import {findTask, forgetTask} from './whereabouts.ts';

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
  /** Between two looks at what the events should have told: Redis may have lost them, or everything. Default 3. */
  readonly lookSeconds?: number;
  /** Hears what whoever watches should know, such as that there are no workers, or that tasks were lost. */
  readonly onNotice?: (text: string) => void;
}

/** Least tasks in the queue at the same time; with many workers, twice as many as there are of them. */
const WINDOW = 64;

/** Outcomes of a task that may be useless before it counts as failed. */
const USELESS = 3;

const STORE_REMEDY = 'start every worker with --store and the folder of "run --out", as its machine sees it';

const progressSchema = z.object({
  fraction: z.number(),
  notes: z.array(z.object({identity: z.string(), text: z.string()})),
});

/** Of a task whose outcome names a file that is not there any more; words that go after its name. */
const OUTCOME_GONE = 'whose outcome was gone from Redis';

/** Looks at an outcome whose files a shared folder does not show, before it counts as useless: a minute or so. */
const LATE = 20;

/** Looks before it is said that they are not there. */
const LATE_TOLD = 4;

/** Whoever waits for a task. */
interface Waiting extends ExecuteOptions {
  /** Has it looked for whether it came to an end. */
  readonly ring: () => void;
}

/**
 * Has tasks done by the workers of a queue. A task is named after its jobs, so that sweeps of the same experiment share
 * it, and what was finished while nobody waited is collected later. What Redis loses of it is enqueued anew.
 *
 * @throws {InputError} when there is no Redis at the URL, when it is not fit for a queue, or when workers of other versions
 *   are there
 */
export async function queueExecutor(options: QueueExecutorOptions): Promise<Executor> {
  const {url, spec, machine, shared, attempts = 3, lookSeconds = 3, onNotice = () => undefined} = options;
  const redis = await connect(url);
  const blobs = shared === undefined ? redisBlobs(redis) : folderBlobs(shared);
  const handshake = await handshakeOf(options, blobs.kind);
  const {name, enrolment, keeps} = await joinQueue(redis, url, {
    role: 'enqueuer',
    machine,
    workers: 0,
    handshake,
  });
  if (keeps === undefined) onNotice(UNKNOWN_EVICTION);
  // Who may not ask for the policy may not ask for the version either.
  const place = {prefix: QUEUE_PREFIX, connection: redis, skipVersionCheck: keeps === undefined};
  const queue = new Queue(name, {...place, streams: {events: {maxLen: 1000}}});
  const listener = redis.duplicate();
  listener.on('error', () => undefined);
  const events = new QueueEvents(name, {...place, connection: listener});
  // A break is waited out; without listeners it would end the process.
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  await events.waitUntilReady();

  const waiting = new Map<string, Waiting>();
  const needed = new Map<string, number>();
  /** Files of the outcomes that were handed over and not settled yet. */
  const collected = new Map<string, readonly string[]>();
  events.on('completed', ({jobId}) => waiting.get(jobId)?.ring());
  events.on('failed', ({jobId}) => waiting.get(jobId)?.ring());
  events.on('progress', ({jobId, data}) => {
    const entry = waiting.get(jobId);
    const progress = progressSchema.safeParse(data);
    if (entry === undefined || !progress.success) return;
    entry.onProgress?.(progress.data.fraction);
    for (const note of progress.data.notes) entry.onNote?.(note);
  });
  let [elsewhereTold, window] = [false, WINDOW];
  const lookout = new Lookout({redis, queue, enrolment, onNotice});
  const lookAround = async (): Promise<void> => {
    for (const {ring} of waiting.values()) ring();
    await lookout.look(waiting.size);
    window = Math.max(WINDOW, 2 * lookout.processes);
  };
  const timer = setInterval(() => void lookAround().catch(() => undefined), 1000 * lookSeconds);

  async function enqueue(id: string, task: Task): Promise<void> {
    await queue.add(
      jobsOf(task)[0]?.kind === 'run' ? 'train' : 'analyze',
      await payloadOf(task, spec, blobs),
      {
        jobId: id,
        attempts,
        backoff: {type: 'exponential', delay: 1000},
        removeOnComplete: true,
        removeOnFail: {age: seconds.uncollected},
      },
    );
  }

  /** @returns what the task gave, or undefined while it is on its way */
  async function progressOf(id: string, task: Task, watch: Watch): Promise<CollectedOutcome | NoOutcome> {
    const outcome = await collectOutcome(redis, id, task, blobs);
    if (outcome !== undefined) return outcome;
    const found = await findTask(redis, name, id);
    // It came while we looked.
    if (found.place === 'done') return progressOf(id, task, watch);
    const loss = watch.lossOf(found, lookout.processes > 0, performance.now());
    if (loss !== undefined) {
      watch.lose(loss);
      lookout.losses.add(loss);
      await forgetTask(redis, name, id, found.place === 'failed' ? 'failed' : 'unheld');
    } else if (found.place === 'failed') {
      throw failedElsewhere(failure(found.failedReason));
    }
    if (loss !== undefined || found.place === 'absent') {
      await enqueue(id, task);
      watch.enqueued();
    } else {
      // Another sweep may have let go of them.
      if (task.kind === 'analyze') await payloadOf(task, spec, blobs);
    }
    return undefined;
  }

  function hold(files: readonly string[], by: 1 | -1): void {
    for (const file of files) {
      const holders = (needed.get(file) ?? 0) + by;
      if (holders > 0) needed.set(file, holders);
      else {
        needed.delete(file);
        blobs.release(file).catch(() => undefined);
      }
    }
  }

  async function execute(task: Task, executeOptions: ExecuteOptions = {}): Promise<JobResult[]> {
    const {signal} = executeOptions;
    signal?.throwIfAborted();
    const id = taskId(task);
    const bell = new Bell();
    waiting.set(id, {...executeOptions, ring: () => bell.ring()});
    hold(filesOf(task), 1);
    const watch = new Watch();
    try {
      // One that failed before is begun again: whoever runs the sweep once more asks for that.
      let isLate = false;
      await forgetTask(redis, name, id, 'failed');
      for (let [useless, late] = [0, 0]; useless < USELESS;) {
        lookout.refuse();
        const outcome = await progressOf(id, task, watch);
        if (outcome === 'late') late += 1;
        if (outcome === 'gone') {
          watch.lose(OUTCOME_GONE);
          lookout.losses.add(OUTCOME_GONE);
          watch.finished();
          continue;
        }
        if (late === LATE_TOLD && !elsewhereTold) {
          elsewhereTold = true;
          onNotice(`the files of a worker are not in ${shared?.directory}; ${STORE_REMEDY}`);
        }
        if (outcome === 'useless' || late === LATE) {
          await redis.del(keys.outcome(id));
          watch.finished();
          isLate = outcome === 'late';
          [useless, late] = [useless + 1, 0];
          continue;
        }
        if (outcome !== undefined && outcome !== 'late') {
          collected.set(id, outcome.files);
          return outcome.results;
        }
        await bell.rung(signal);
      }
      throw new InputError(
        isLate
          ? `queue.queueExecutor: expected the files of an outcome in ${shared?.directory}, got none ${USELESS} times; ${STORE_REMEDY}`
          : `queue.queueExecutor: expected an outcome, got ${USELESS} that are damaged or of other jobs; run again to repeat the task`,
      );
    } catch (error) {
      throw await refusal(redis, {...kindsOf(name), ...kindsOfTask(name, task)}, error);
    } finally {
      waiting.delete(id);
      hold(filesOf(task), -1);
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
      const files = (collected.get(id) ?? []).filter((file) => !needed.has(file));
      collected.delete(id);
      await forgetOutcome(redis, id, files, blobs);
      // What its worker could not put away, since the list that it was in is gone.
      await forgetTask(redis, name, id, 'stray');
    },
    async close() {
      clearInterval(timer);
      lookout.tellLosses();
      await enrolment.leave().catch(() => undefined);
      await Promise.allSettled([events.close(), queue.close()]);
      listener.disconnect();
      redis.disconnect();
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

/** BullMQ's words for a task whose workers died are not those of a reader. */
function failure(reason: string): string {
  if (!/stalled more than/.test(reason)) return reason;
  return 'queue: every worker that took the task vanished (killed, or out of memory); run again to repeat it';
}
