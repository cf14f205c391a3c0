import {type Job, Queue} from 'bullmq';
import * as z from 'zod';
import {connect} from './connect.ts';
import {refuseForeignKeys, refusal} from './foreign-keys.ts';
import {type Peer, peersAt} from './handshake.ts';
import {QUEUE_PREFIX, keys, kindsOf} from './keys.ts';

/** Jobs that are listed of each kind; the counts tell the rest. */
const LISTED = 1000;

/** What is at a queue; a task holds one job, or several that train side by side. */
export interface QueueStatus {
  readonly workers: readonly Pick<Peer, 'machine' | 'workers'>[];
  /** Sweeps that wait for their jobs. */
  readonly sweeps: number;
  readonly waiting: number;
  /** Will be tried again in a moment. */
  readonly delayed: number;
  readonly active: number;
  readonly failed: number;
  /** Identities of the jobs of active tasks, with the done fractions of these. */
  readonly running: readonly {readonly identity: string; readonly fraction: number}[];
  readonly errors: readonly {readonly identity: string; readonly error: string}[];
}

/**
 * What is at the queue of a Redis.
 *
 * @throws {InputError} when it cannot be reached, or when another program wrote to its keys
 */
export async function queueStatus(url: string): Promise<QueueStatus> {
  const redis = await connect(url);
  let kinds = kindsOf();
  try {
    await refuseForeignKeys(redis, kinds);
    const peers = await peersAt(redis);
    const names = (await redis.smembers(keys.queues)).filter((name) => /^[0-9a-f]+$/.test(name));
    kinds = kindsOf(...names);
    await refuseForeignKeys(redis, kinds);
    const parts = await Promise.all(
      names.map(async (name) => {
        const queue = new Queue(name, {prefix: QUEUE_PREFIX, connection: redis, skipVersionCheck: true});
        queue.on('error', () => undefined);
        const counts = await queue.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'failed');
        const [active, failed] = await Promise.all([listed(queue, 'active'), listed(queue, 'failed')]);
        await queue.close();
        return {counts, active, failed};
      }),
    );
    const count = (kind: string): number => parts.reduce((sum, {counts}) => sum + (counts[kind] ?? 0), 0);
    return {
      workers: peers.filter(({role}) => role === 'worker').map(({machine, workers}) => ({machine, workers})),
      sweeps: peers.filter(({role}) => role === 'enqueuer').length,
      waiting: count('wait') + count('prioritized'),
      delayed: count('delayed'),
      active: count('active'),
      failed: count('failed'),
      running: parts.flatMap(({active}) =>
        active.flatMap(({data, progress}) =>
          identitiesOf(data).map((identity) => ({identity, fraction: fractionOf(progress)})),
        ),
      ),
      errors: parts.flatMap(({failed}) =>
        failed.flatMap(({data, failedReason}) =>
          identitiesOf(data).map((identity) => ({identity, error: failedReason})),
        ),
      ),
    };
  } catch (error) {
    throw await refusal(redis, kinds, error);
  } finally {
    redis.disconnect();
  }
}

/** Tasks in a state, without those that are damaged: whoever waits for one of these has it enqueued anew. */
async function listed(queue: Queue, state: 'active' | 'failed'): Promise<Job[]> {
  const ids = await queue.getRanges([state], 0, LISTED - 1);
  const tasks = await Promise.all(
    ids.map((id) =>
      queue.getJob(id).catch((error: unknown) => {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      }),
    ),
  );
  return tasks.filter((task) => task !== undefined);
}

function identitiesOf(data: unknown): string[] {
  const result = z.object({identities: z.array(z.string())}).safeParse(data);
  return result.success ? result.data.identities : [];
}

function fractionOf(progress: unknown): number {
  const result = z.object({fraction: z.number()}).safeParse(progress);
  return result.success ? result.data.fraction : 0;
}
