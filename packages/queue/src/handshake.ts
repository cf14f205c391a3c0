import {randomUUID} from 'node:crypto';
import {InputError} from '@minefield/core';
import {shortIdentity} from '@minefield/results';
import {identityOf} from '@minefield/results/node';
import {oneLine} from '@minefield/spec';
import type {Redis} from 'ioredis';
import * as z from 'zod';
import {type DataSources, algorithmVersions, filesAtHand, numericVersions} from '@minefield/experiments';
import {keys, seconds} from './keys.ts';

/** Raised when a payload or an outcome changes its form. */
const PROTOCOL = 1;

/** What an enqueuer and a worker must have in common. */
export interface Handshake {
  readonly protocol: number;
  readonly packages: Readonly<Record<string, string>>;
  readonly algorithms: Readonly<Record<string, number>>;
  readonly numerics: string;
  /** SHA-256 of the files of data that were opened; null without any. */
  readonly data: string | null;
  /** What files travel through. */
  readonly medium: 'redis' | 'folder';
}

/** Somebody at a queue. */
export interface Peer {
  readonly role: 'enqueuer' | 'worker';
  readonly machine: string;
  /** Tasks that it does at the same time; 0 for an enqueuer. */
  readonly workers: number;
  readonly handshake: Handshake;
}

const handshakeSchema: z.ZodType<Handshake> = z.strictObject({
  protocol: z.int(),
  packages: z.record(z.string(), z.string()),
  algorithms: z.record(z.string(), z.int()),
  numerics: z.string(),
  data: z.string().nullable(),
  medium: z.enum(['redis', 'folder']),
});

const peerSchema: z.ZodType<Peer> = z.strictObject({
  role: z.enum(['enqueuer', 'worker']),
  machine: z.string(),
  workers: z.int(),
  handshake: handshakeSchema,
});

/** What a process computes with. */
export interface Equipment {
  /** `portable`, or the name of a backend. */
  readonly numerics: string;
  readonly sources: DataSources;
}

/** What this process has. @param medium what files travel through */
export async function handshakeOf(
  {numerics, sources}: Equipment,
  medium: Handshake['medium'],
): Promise<Handshake> {
  return {
    protocol: PROTOCOL,
    packages: await numericVersions(),
    algorithms: {...algorithmVersions},
    numerics,
    data: filesAtHand(sources),
    medium,
  };
}

/** Name of the queue of those who have this in common: peers of different versions cannot even see one another's jobs. */
export function queueName(handshake: Handshake): string {
  return shortIdentity(identityOf(handshake));
}

export interface Enrolment {
  /** Those who are there now. */
  peers(): Promise<Peer[]>;
  /** Says goodbye. */
  leave(): Promise<void>;
}

/**
 * Says that somebody is there, and goes on to say so.
 *
 * @throws {Error} when one of the other role is there whose versions are others
 */
export async function enrol(redis: Redis, self: Peer): Promise<Enrolment> {
  const id = randomUUID();
  const announce = async (): Promise<void> => {
    await redis.set(keys.peer(id), JSON.stringify(self), 'EX', seconds.peer);
    await redis.sadd(keys.peers, id);
    await redis.sadd(keys.queues, queueName(self.handshake));
  };
  const leave = async (): Promise<void> => {
    clearInterval(timer);
    await redis.del(keys.peer(id));
    await redis.srem(keys.peers, id);
  };
  const timer = setInterval(() => void announce().catch(() => undefined), (seconds.peer / 3) * 1000);
  timer.unref();
  // First announced, then looked around: of two who come at once, at least one sees the other.
  await announce();
  for (const peer of await peersAt(redis)) {
    if (peer.role === self.role) continue;
    const differences = differencesBetween(self.handshake, peer.handshake);
    if (differences.length === 0) continue;
    await leave();
    throw new InputError(
      `queue.enrol: expected ${peer.role === 'worker' ? 'workers' : 'a sweep'} of this version, got one on ` +
        `"${oneLine(peer.machine)}" with ${oneLine(differences.join(', '))}; install the same versions and give the same options on both ` +
        'sides, or use another database of that Redis',
    );
  }
  return {peers: () => peersAt(redis), leave};
}

/** Those who have given a sign of life lately. */
export async function peersAt(redis: Redis): Promise<Peer[]> {
  const ids = await redis.smembers(keys.peers);
  if (ids.length === 0) return [];
  const texts = await redis.mget(ids.map(keys.peer));
  const gone = ids.filter((_, i) => texts[i] === null);
  if (gone.length > 0) await redis.srem(keys.peers, ...gone);
  return texts.flatMap((text) => {
    const result = peerSchema.safeParse(parseJson(text));
    return result.success ? [result.data] : [];
  });
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** In words, as seen from here. */
function differencesBetween(mine: Handshake, theirs: Handshake): string[] {
  const flat = ({packages, algorithms, ...rest}: Handshake): Map<string, string> =>
    new Map<string, string>([
      ...Object.entries(packages),
      ...Object.entries(algorithms).map(([name, version]) => [`${name} algorithm`, String(version)] as const),
      ...Object.entries(rest).map(([name, value]) => [name, String(value)] as const),
    ]);
  const [here, there] = [flat(mine), flat(theirs)];
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((name) => {
    const [own = 'none', other = 'none'] = [here.get(name), there.get(name)];
    return own === other ? [] : [`${name} ${other} instead of ${own}`];
  });
}
