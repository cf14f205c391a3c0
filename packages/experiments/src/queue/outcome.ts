import {parseRecord} from '@minefield/results';
import type {Redis} from 'ioredis';
import {z} from 'zod';
import {type JobResult, type Task, jobsOf} from '../task.ts';
import {MOST_BYTES, keys, seconds} from './keys.ts';
import type {Medium} from './medium.ts';

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
  medium: Medium,
): Promise<void> {
  const outcome = [];
  for (const {record, checkpoint} of results) {
    const file = checkpoint === null ? null : await medium.offer(record.experiment, checkpoint);
    outcome.push({record, checkpoint: file});
  }
  const text = JSON.stringify(outcome);
  if (text.length > MOST_BYTES) {
    throw new RangeError(
      `experiments.queue: expected an outcome of at most ${MOST_BYTES} bytes, got ${text.length}`,
    );
  }
  await redis.set(keys.outcome(id), text, 'EX', seconds.uncollected, 'NX');
}

export async function hasOutcome(redis: Redis, id: string): Promise<boolean> {
  return (await redis.exists(keys.outcome(id))) === 1;
}

/**
 * Collects what a task gave; undefined where it has given nothing yet. What is malformed, of other jobs, or names a file
 * that cannot be read is thrown away.
 */
export async function collectOutcome(
  redis: Redis,
  id: string,
  task: Task,
  medium: Medium,
): Promise<JobResult[] | 'useless' | undefined> {
  const text = await redis.get(keys.outcome(id));
  if (text === null) return undefined;
  try {
    const entries = outcomeSchema.parse(JSON.parse(text));
    const wanted = new Set(jobsOf(task).map(({identity}) => identity));
    const results: JobResult[] = [];
    for (const {record: value, checkpoint: file} of entries) {
      const record = parseRecord(value, 'an outcome');
      if (record.kind === 'experiment' || !wanted.delete(record.identity)) throw new Error('another job');
      const checkpoint = file === null ? null : await medium.read(record.experiment, file);
      results.push({kind: record.kind, record, checkpoint} as JobResult);
    }
    if (wanted.size > 0) throw new Error('a job is missing');
    await redis.expire(keys.outcome(id), seconds.collected);
    for (const {checkpoint} of entries) if (checkpoint !== null) await medium.release(checkpoint);
    return results;
  } catch {
    await redis.del(keys.outcome(id));
    return 'useless';
  }
}
