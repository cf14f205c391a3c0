import {pathToFileURL} from 'node:url';
import {InputError, InternalError, at} from '@minefield/core';
import type {Store} from '@minefield/results/node';
import {type Job as QueuedJob, UnrecoverableError, WaitingError, Worker} from 'bullmq';
import {
  type DataSources,
  type Executor,
  type JobNote,
  jobsOf,
  type Task,
  workFolder,
  type WorkPlace,
  failureText,
} from '@minefield/experiments';
import type {Redis} from 'ioredis';
import {checkCount, checkSeconds} from './check-number.ts';
import {connect} from './connect.ts';
import {endsInTime, endsWhileAnswering} from './endings.ts';
import {UNKNOWN_EVICTION} from './eviction.ts';
import {isWrongKind, refusal, refuseForeignKeys} from './foreign-keys.ts';
import {type Enrolment, handshakeOf} from './handshake.ts';
import {type Membership, joinQueue} from './join-queue.ts';
import {QUEUE_PREFIX, keys, kindsOf} from './keys.ts';
import {type BlobStore, FileNotThereError, folderBlobs, redisBlobs} from './blob-store.ts';
import {hasOutcome, leaveOutcome} from './outcome.ts';
import {payloadReader} from './payload.ts';

export interface QueueWorkerOptions {
  /** `redis://…` or, with TLS, `rediss://…`. */
  readonly url: string;
  /** What does the tasks here. */
  readonly executor: Executor;
  readonly numerics: string;
  readonly sources: DataSources;
  /** What this machine is called at the queue. */
  readonly machine: string;
  /** The results folder of the sweep, where this machine sees it: files then go through it. */
  readonly shared?: Store;
  /** Without a sign of life for so long, a worker's tasks are given to others; above 0, at most 3600. Default 30. */
  readonly lockSeconds?: number;
  /** Between two snapshots of a training. Default 5. */
  readonly snapshotSeconds?: number;
  /** Ends the work: tasks in hand go back into the queue, with the snapshots taken of them. */
  readonly signal: AbortSignal;
  readonly onEvent?: (event: QueueWorkerEvent) => void;
}

export type QueueWorkerEvent =
  | {readonly type: 'ready'; readonly workers: number}
  | {readonly type: 'taken' | 'done' | 'handed-back' | 'given-away'; readonly task: Task}
  | {readonly type: 'failed'; readonly error: string}
  | {readonly type: 'notice'; readonly text: string}
  | {readonly type: 'note'; readonly task: Task; readonly note: JobNote}
  | {readonly type: 'trouble'; readonly error: string};

/** Times that a task's worker may vanish before the task counts as the cause. */
const VANISHED = 20;

/** Least time between two messages on how far a task is. */
const TELL_MS = 1000;

/**
 * Takes tasks from a queue and does them, until the signal.
 *
 * @throws {InputError} when there is no Redis at the URL, when it is not fit for a queue or another program writes to its
 *   keys, when a sweep of another version is there, or when a number is out of its range; nothing stays open then
 */
export async function runQueueWorker(options: QueueWorkerOptions): Promise<void> {
  const {url, executor, machine, shared, lockSeconds = 30} = options;
  const {workers} = executor;
  checkSeconds('queue.runQueueWorker', 'lockSeconds', lockSeconds);
  checkCount('queue.runQueueWorker', 'executor.workers', workers);
  const redis = await connect(url);
  let enrolment: Enrolment | undefined;
  try {
    const blobs = shared === undefined ? redisBlobs(redis) : folderBlobs(shared);
    const handshake = await handshakeOf(options, blobs.kind);
    const membership = await joinQueue(redis, url, {role: 'worker', machine, workers, handshake});
    enrolment = membership.enrolment;
    await takeTasks({...options, lockSeconds}, membership, redis, blobs);
  } finally {
    // Where Redis is away, the name goes by itself in time.
    if (enrolment !== undefined) await endsInTime(enrolment.leave());
    redis.disconnect();
  }
}

async function takeTasks(
  options: QueueWorkerOptions & {readonly lockSeconds: number},
  {name, keeps}: Membership,
  redis: Redis,
  blobs: BlobStore,
): Promise<void> {
  const {url, executor, shared, lockSeconds, onEvent} = options;
  const {workers} = executor;
  const broken = new AbortController();
  const signal = AbortSignal.any([options.signal, broken.signal]);
  if (keeps === undefined) onEvent?.({type: 'notice', text: UNKNOWN_EVICTION});
  const readTask = payloadReader({...options, signal});
  const inHand = new Map<string, AbortController>();
  const works = new Set<Promise<void>>();

  async function read(job: QueuedJob): Promise<Task> {
    try {
      return await readTask(job.data, blobs);
    } catch (error) {
      // What is malformed stays so; a file that is not there yet may come, and who was told to stop has not read all.
      if (signal.aborted || error instanceof FileNotThereError) throw error;
      throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param task none where it was not read yet */
  async function handBack(job: QueuedJob, token: string | undefined, task?: Task): Promise<never> {
    await job.moveToWait(token);
    if (task !== undefined) onEvent?.({type: 'handed-back', task});
    throw new WaitingError();
  }

  async function work(job: QueuedJob, token: string | undefined): Promise<void> {
    const {id} = job;
    if (id === undefined)
      throw new InternalError('queue.runQueueWorker: expected a task with a name, got none');
    if (await hasOutcome(redis, id)) return;
    if (isGone(job)) {
      // Nothing is malformed, and no try is counted: with its completion, whoever waits for it misses it.
      onEvent?.({
        type: 'notice',
        text: 'the payload of a task is gone from Redis; its sweep enqueues it anew',
      });
      return;
    }
    const task = await read(job).catch((error: Error) => {
      if (signal.aborted) return handBack(job, token);
      onEvent?.({type: 'failed', error: error.message});
      throw error;
    });
    const stop = new AbortController();
    inHand.set(id, stop);
    // Whoever was told to stop while the files were read.
    if (signal.aborted) stop.abort(signal.reason);
    const report = reporter(job);
    try {
      onEvent?.({type: 'taken', task});
      const results = await executor.execute(task, {
        signal: stop.signal,
        work: placeOf(task),
        onProgress: (fraction) => report.tell(fraction),
        onNote: (note) => {
          report.note(note);
          onEvent?.({type: 'note', task, note});
        },
      });
      // Whoever was frozen may come back to find its task given to another one, whose outcome counts.
      if ((await job.extendLock(token ?? '', lockSeconds * 1000)) !== 1) throw new GivenAwayError();
      await leaveOutcome(redis, id, results, blobs);
      onEvent?.({type: 'done', task});
    } catch (error) {
      if (signal.aborted) return await handBack(job, token, task);
      const reason = failureText(
        await refusal(redis, {...kindsOf(name), [keys.outcome(id)]: 'string'}, error),
      );
      if (stop.signal.aborted || error instanceof GivenAwayError) onEvent?.({type: 'given-away', task});
      else onEvent?.({type: 'failed', error: reason});
      // The queue keeps the message alone.
      throw new Error(reason, {cause: error});
    } finally {
      report.end();
      inHand.delete(id);
    }
  }

  function placeOf(task: Task): WorkPlace {
    const {snapshotSeconds = 5} = options;
    const {experiment} = at(jobsOf(task), 0);
    return shared === undefined
      ? {storage: url, snapshotSeconds}
      : {storage: pathToFileURL(workFolder(shared, experiment).directory).href, snapshotSeconds};
  }

  function begin(job: QueuedJob, token: string | undefined): Promise<void> {
    const done = work(job, token).finally(() => works.delete(done));
    works.add(done);
    return done;
  }

  async function noneInHand(): Promise<void> {
    while (works.size > 0) await Promise.allSettled(works);
  }

  const taker = new Taker(name, begin, {
    prefix: QUEUE_PREFIX,
    connection: redis,
    // Who may not ask for the policy may not ask for the version either.
    skipVersionCheck: keeps === undefined,
    concurrency: workers,
    lockDuration: lockSeconds * 1000,
    stalledInterval: lockSeconds * 1000,
    maxStalledCount: VANISHED,
    // Of a task whose own options are gone.
    removeOnComplete: {count: 0},
    runRetryDelay: 1000,
    autorun: false,
  });
  /** What meets another program's value would be asked for again at once, and for ever. */
  async function breakOff(): Promise<void> {
    try {
      await refuseForeignKeys(redis, kindsOf(name));
    } catch (error) {
      if (error instanceof InputError) broken.abort(error);
    }
  }

  taker.on('error', (error) => {
    onEvent?.({type: 'trouble', error: error.message});
    if (isWrongKind(error)) void breakOff();
  });
  taker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) inHand.get(id)?.abort(new GivenAwayError());
  });
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), {once: true});
  });
  try {
    const running = taker.run();
    running.catch(() => undefined);
    onEvent?.({type: 'ready', workers});
    await ended;
  } catch (error) {
    broken.abort(error);
  }
  // First no more are taken, then those in hand are let go of.
  const closed = taker.close();
  for (const stop of inHand.values()) stop.abort(signal.reason);
  await endsWhileAnswering(redis, noneInHand());
  await endsInTime(closed);
  await endsInTime(taker.abandon());
  if (broken.signal.aborted) throw broken.signal.reason;
}

/** Closing waits for Redis where it is away, and meanwhile timers go on. */
class Taker extends Worker {
  /** Ends what closing has left. */
  async abandon(): Promise<void> {
    await this.lockManager.close();
    await this.pause(true);
    await this.backend.close(true);
  }
}

/** Whether Redis has lost what the task is: its worker is given an empty object then. */
function isGone({data}: QueuedJob): boolean {
  const value: unknown = data;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** A task that another worker has now. */
class GivenAwayError extends Error {
  constructor() {
    super('queue.runQueueWorker: the task was given to another worker');
  }
}

/** Tells the sweep how far a task is, not too often, and never twice the same note. */
function reporter(job: QueuedJob) {
  let [fraction, last, ended] = [0, 0, false];
  let notes: JobNote[] = [];
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    timer = undefined;
    last = performance.now();
    const progress = {fraction, notes};
    notes = [];
    void job.updateProgress(progress).catch(() => undefined);
  };
  const plan = (): void => {
    if (!ended) timer ??= setTimeout(send, Math.max(0, last + TELL_MS - performance.now()));
  };
  return {
    tell(done: number): void {
      fraction = done;
      plan();
    },
    note(note: JobNote): void {
      notes.push(note);
      plan();
    },
    end(): void {
      ended = true;
      clearTimeout(timer);
      if (notes.length > 0) send();
    },
  };
}
