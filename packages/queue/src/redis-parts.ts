import {InputError} from '@minefield/core';
import type {PartStorage} from '@minefield/experiments/worker';
import type {Redis} from 'ioredis';
import {connect} from './connect.ts';
import {refusal} from './foreign-keys.ts';
import {MOST_BYTES, keys, seconds} from './keys.ts';

const connections = new Map<string, ReturnType<typeof connect>>();

/** Parts of jobs in the Redis of a queue, so that any machine may go on; one connection for a process. */
export function redisParts(url: string): PartStorage {
  const connection = connections.get(url) ?? connect(url);
  connections.set(url, connection);
  connection.catch(() => connections.delete(url));
  return {
    async read(file) {
      const [owner, name] = split(file);
      const redis = await connection;
      const key = keys.parts(owner);
      const bytes = await redis.hgetBuffer(key, name).catch(inWords(redis, key));
      return bytes ?? undefined;
    },
    async write(file, bytes) {
      if (bytes.length > MOST_BYTES) {
        throw new InputError(`queue.redisParts: expected at most ${MOST_BYTES} bytes, got ${bytes.length}`);
      }
      const [owner, name] = split(file);
      const redis = await connection;
      const key = keys.parts(owner);
      await redis.hset(key, name, Buffer.from(bytes)).catch(inWords(redis, key));
      await redis.expire(key, seconds.uncollected);
    },
  };
}

/** Throws what Redis refused, naming the key. */
function inWords(redis: Redis, key: string): (error: unknown) => Promise<never> {
  return async (error) => {
    throw await refusal(redis, {[key]: 'hash'}, error);
  };
}

/** The start of the identity, and what comes after it. */
function split(file: string): [string, string] {
  const dot = file.indexOf('.');
  return [file.slice(0, dot), file.slice(dot + 1)];
}
