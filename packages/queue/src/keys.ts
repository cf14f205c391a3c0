/** Names of what the queue keeps in Redis, of which kind it is, and for how long. */

/** What Redis calls the kind of a key's value. */
export type Kind = 'string' | 'list' | 'set' | 'zset' | 'hash' | 'stream';

/** Keys by name, with the kinds that they have to be of. */
export type Kinds = Readonly<Record<string, Kind>>;

export const keys = {
  /** Names of the queues that were ever asked for. */
  queues: 'minefield:queues',
  /** Names of those who are there. */
  peers: 'minefield:peers',
  peer: (id: string): string => `minefield:peer:${id}`,
  /** Bytes by their SHA-256. */
  blob: (sha256: string): string => `minefield:blob:${sha256}`,
  /** What a task gave. */
  outcome: (task: string): string => `minefield:outcome:${task}`,
  /** Parts of a job that is being worked on, by name. */
  parts: (identityStart: string): string => `minefield:parts:${identityStart}`,
  /** Of BullMQ: a list or the like of a queue, a task, or the lock of one. */
  ofQueue: (queue: string, name: string): string => `${QUEUE_PREFIX}:${queue}:${name}`,
} as const;

/** Before the keys of BullMQ. */
export const QUEUE_PREFIX = 'minefield:queue';

/** What BullMQ keeps of a queue, besides its tasks. */
const OF_BULLMQ: Kinds = {
  wait: 'list',
  active: 'list',
  paused: 'list',
  delayed: 'zset',
  prioritized: 'zset',
  completed: 'zset',
  failed: 'zset',
  'waiting-children': 'zset',
  marker: 'zset',
  repeat: 'zset',
  stalled: 'set',
  'stalled-check': 'string',
  id: 'string',
  pc: 'string',
  limiter: 'string',
  meta: 'hash',
  events: 'stream',
};

/** Kinds of the keys that all who share this Redis read, and of those of these queues. */
export function kindsOf(...queues: readonly string[]): Kinds {
  const ofQueues = queues.flatMap((queue) =>
    Object.entries(OF_BULLMQ).map(([name, kind]) => [keys.ofQueue(queue, name), kind] as const),
  );
  return {[keys.queues]: 'set', [keys.peers]: 'set', ...Object.fromEntries(ofQueues)};
}

export const seconds: Readonly<Record<'peer' | 'uncollected' | 'collected', number>> = {
  /** Without a sign of life, a peer is gone. */
  peer: 30,
  /** What nobody has collected: an enqueuer may be away for the night, or over a weekend. */
  uncollected: 7 * 24 * 3600,
  /** After one enqueuer has collected an outcome; another one may be about to. */
  collected: 60,
};

/** Largest file or outcome that goes through Redis. */
export const MOST_BYTES: number = 2 ** 28;
