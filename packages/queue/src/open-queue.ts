import {Queue, QueueEvents} from 'bullmq';
import type {Redis} from 'ioredis';
import type {Store} from '@minefield/results/node';
import {type BlobStore, folderBlobs, redisBlobs} from './blob-store.ts';
import {connect} from './connect.ts';
import {endsInTime} from './endings.ts';
import {type Equipment, handshakeOf} from './handshake.ts';
import {type Membership, joinQueue} from './join-queue.ts';
import {QUEUE_PREFIX} from './keys.ts';

export interface OpenQueueOptions extends Equipment {
  /** `redis://…` or, with TLS, `rediss://…`. */
  readonly url: string;
  /** What this machine is called at the queue. */
  readonly machine: string;
  /** Through which files go; through Redis where absent. */
  readonly shared?: Store;
}

/** A queue that is open for enqueuing, and what it tells. */
export interface OpenQueue extends Membership {
  readonly redis: Redis;
  readonly blobs: BlobStore;
  readonly queue: Queue;
  readonly events: QueueEvents;
  close(): Promise<void>;
}

/** @throws {InputError} as {@link joinQueue} does, and when there is no Redis at the URL; nothing stays open then */
export async function openQueue(options: OpenQueueOptions): Promise<OpenQueue> {
  const {url, machine, shared} = options;
  const redis = await connect(url);
  let membership: Membership | undefined;
  try {
    const blobs = shared === undefined ? redisBlobs(redis) : folderBlobs(shared);
    const handshake = await handshakeOf(options, blobs.kind);
    const self = {role: 'enqueuer', machine, workers: 0, handshake} as const;
    membership = await joinQueue(redis, url, self);
    return {...(await openTasks(redis, membership)), ...membership, redis, blobs};
  } catch (error) {
    if (membership !== undefined) await endsInTime(membership.enrolment.leave());
    redis.disconnect();
    throw error;
  }
}

/** Opens what BullMQ keeps at a queue. */
async function openTasks(
  redis: Redis,
  {name, enrolment, keeps}: Membership,
): Promise<Pick<OpenQueue, 'queue' | 'events' | 'close'>> {
  // Who may not ask for the policy may not ask for the version either.
  const place = {prefix: QUEUE_PREFIX, connection: redis, skipVersionCheck: keeps === undefined};
  const queue = new Queue(name, {...place, streams: {events: {maxLen: 1000}}});
  const listener = redis.duplicate();
  const events = new QueueEvents(name, {...place, connection: listener});
  // A break is waited out; without listeners it would end the process.
  listener.on('error', () => undefined);
  queue.on('error', () => undefined);
  events.on('error', () => undefined);

  async function close(): Promise<void> {
    // Where Redis is away, what is there to be taken away goes by itself in time.
    await endsInTime(Promise.allSettled([enrolment.leave(), events.close(), queue.close()]));
    await endsInTime(events.getBackend().close(true));
    listener.disconnect();
    redis.disconnect();
  }

  try {
    await events.waitUntilReady();
    return {queue, events, close};
  } catch (error) {
    await close();
    throw error;
  }
}
