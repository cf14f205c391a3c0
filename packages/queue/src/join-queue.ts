import type {Redis} from 'ioredis';
import {refuseEviction} from './eviction.ts';
import {refuseForeignKeys, refusal} from './foreign-keys.ts';
import {type Enrolment, type Peer, enrol, queueName} from './handshake.ts';
import {kindsOf} from './keys.ts';

/** A place at a queue. */
export interface Membership {
  /** Of the queue. */
  readonly name: string;
  readonly enrolment: Enrolment;
  /** Whether Redis says that it keeps what it is given; undefined where it does not let us ask. */
  readonly keeps: true | undefined;
}

/**
 * Finds out whether a Redis is fit for a queue, and says there that somebody is there.
 *
 * @throws {InputError} when it may throw away what it is given, when other programs wrote to the queue's keys, or when one of
 *   the other role is there whose versions are others; the connection is closed then
 */
export async function joinQueue(redis: Redis, url: string, self: Peer): Promise<Membership> {
  const name = queueName(self.handshake);
  const kinds = kindsOf(name);
  try {
    const keeps = await refuseEviction(redis, url);
    await refuseForeignKeys(redis, kinds);
    return {name, enrolment: await enrol(redis, self), keeps};
  } catch (error) {
    const reason = await refusal(redis, kinds, error);
    redis.disconnect();
    throw reason;
  }
}
