/** Names of what the queue keeps in Redis, and for how long. */

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
} as const;

/** Before the keys of BullMQ. */
export const QUEUE_PREFIX = 'minefield:queue';

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
