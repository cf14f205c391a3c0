import {InputError} from '@minefield/core';
import {type ResultRecord, parseRecord} from '@minefield/results';
import type {Redis} from 'ioredis';
import * as z from 'zod';
import {type Job, type JobResult, jobsOf, saidOtherwise, type Task} from '@minefield/experiments';
import {MOST_BYTES, keys, seconds} from './keys.ts';
import {FileNotThereError, type BlobStore} from './blob-store.ts';

const outcomeSchema = z.array(
  z.strictObject({
    record: z.unknown(),
    checkpoint: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
);

/** Leaves what a task gave, once: of two who did the same task, the first is heard. */
export async function leaveOutcome(
  redis: Redis,
  id: string,
  results: readonly JobResult[],
  blobs: BlobStore,
): Promise<void> {
  const outcome = [];
  for (const {record, checkpoint} of results) {
    const file = checkpoint === null ? null : await blobs.offer(record.experiment, checkpoint);
    outcome.push({record, checkpoint: file});
  }
  const text = JSON.stringify(outcome);
  if (text.length > MOST_BYTES) {
    throw new InputError(
      `queue.leaveOutcome: expected an outcome of at most ${MOST_BYTES} bytes, got ${text.length}`,
    );
  }
  await redis.set(keys.outcome(id), text, 'EX', seconds.uncollected, 'NX');
}

export async function hasOutcome(redis: Redis, id: string): Promise<boolean> {
  return (await redis.exists(keys.outcome(id))) === 1;
}

/** What a task gave, and the files that lie at the blobs for it. */
export interface CollectedOutcome {
  readonly results: JobResult[];
  readonly files: readonly string[];
}

/** Why there is no outcome to collect: `late` where a shared folder does not show its files yet; the others were thrown away. */
export type NoOutcome = 'useless' | 'gone' | 'late' | undefined;

/**
 * Collects what a task gave; undefined where it has given nothing yet, `late` where a shared folder does not show its files
 * yet. What names a file that Redis has lost is thrown away: it is `gone`; and so is what is malformed or of other jobs: it is
 * `useless`. Otherwise it stays until {@link forgetOutcome}.
 */
export async function collectOutcome(
  redis: Redis,
  id: string,
  task: Task,
  blobs: BlobStore,
): Promise<CollectedOutcome | NoOutcome> {
  const text = await redis.get(keys.outcome(id));
  if (text === null) return undefined;
  try {
    const entries = outcomeSchema.parse(JSON.parse(text));
    const wanted = new Map(jobsOf(task).map((job) => [job.identity, job]));
    const results: JobResult[] = [];
    for (const {record: value, checkpoint: file} of entries) {
      const record = parseRecord(value, 'an outcome');
      const job = record.kind === 'experiment' ? undefined : wanted.get(record.identity);
      if (job === undefined || !isOf(record, job, task)) throw new Error('another job');
      if (!comesWithItsFile(record, file)) throw new Error('a file that is not there, or of nobody');
      wanted.delete(job.identity);
      const checkpoint = file === null ? null : await blobs.read(record.experiment, file);
      // The same job may be one of another experiment's; its record goes where this one's are.
      const own = {...record, experiment: job.experiment};
      results.push({kind: record.kind, record: own, checkpoint} as JobResult);
    }
    if (wanted.size > 0) throw new Error('a job is missing');
    return {results, files: entries.flatMap(({checkpoint}) => checkpoint ?? [])};
  } catch (error) {
    const missing = error instanceof FileNotThereError;
    if (missing && blobs.kind === 'folder') return 'late';
    await redis.del(keys.outcome(id));
    return missing ? 'gone' : 'useless';
  }
}

/** The outcome is kept elsewhere now: what lies here may go, once another sweep has had the time to collect it. */
export async function forgetOutcome(
  redis: Redis,
  id: string,
  files: readonly string[],
  blobs: BlobStore,
): Promise<void> {
  await redis.expire(keys.outcome(id), seconds.collected);
  for (const file of files) await blobs.release(file);
}

function isOf(record: ResultRecord, job: Job, task: Task): boolean {
  if (record.kind === 'experiment' || saidOtherwise(record, job) !== undefined) return false;
  return record.kind === 'run' || (task.kind !== 'train' && record.checkpoint === task.checkpointHash);
}

/** A run that came to an end leaves a file, and so do searches; no record names its own before a store has taken it. */
function comesWithItsFile(record: ResultRecord, file: string | null): boolean {
  if (record.kind === 'experiment') return false;
  const hasOne = record.kind === 'run' ? record.data.outcome !== 'diverged' : 'checkpoint' in record.data;
  const named = 'checkpoint' in record.data ? record.data.checkpoint : null;
  return (file !== null) === hasOne && named === null;
}
