import {InputError} from '@minefield/core';
import type {Redis} from 'ioredis';
import {describeUrl} from './connect.ts';

/**
 * A Redis that makes room by throwing keys away loses tasks and outcomes. Its policy counts even where it has no limit of
 * memory yet: that may be set at any time, and nobody would be told.
 *
 * @returns true where it says that it never does; undefined where a managed Redis does not let us ask
 * @throws {InputError} when it may, with what mends it
 */
export async function refuseEviction(redis: Redis, url: string): Promise<true | undefined> {
  const info = await redis.info('memory').catch((error: Error) => {
    if (error.name === 'ReplyError') return '';
    throw error;
  });
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === undefined) return undefined;
  if (policy === 'noeviction') return true;
  throw new InputError(
    `queue.connect: expected a Redis that keeps what it is given (maxmemory-policy noeviction) at ${describeUrl(url)}, ` +
      `got ${policy}, which throws tasks and outcomes away when its memory is full; mend it with ` +
      '"redis-cli CONFIG SET maxmemory-policy noeviction" and the same line in redis.conf, or in the settings of a ' +
      'managed Redis',
  );
}

/** Where {@link refuseEviction} could not ask. */
export const UNKNOWN_EVICTION =
  'that Redis does not say whether it throws keys away when its memory is full; see to it that its maxmemory-policy is noeviction';
