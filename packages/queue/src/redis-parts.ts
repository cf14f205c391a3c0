import {InputError} from '@minefield/core';
import type {PartStorage} from '@minefield/experiments/worker';
import {connect} from './connect.ts';
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
      return (await (await connection).hgetBuffer(keys.parts(owner), name)) ?? undefined;
    },
    async write(file, bytes) {
      if (bytes.length > MOST_BYTES) {
        throw new InputError(`queue.redisParts: expected at most ${MOST_BYTES} bytes, got ${bytes.length}`);
      }
      const [owner, name] = split(file);
      const redis = await connection;
      await redis.hset(keys.parts(owner), name, Buffer.from(bytes));
      await redis.expire(keys.parts(owner), seconds.uncollected);
    },
  };
}

/** The start of the identity, and what comes after it. */
function split(file: string): [string, string] {
  const dot = file.indexOf('.');
  return [file.slice(0, dot), file.slice(dot + 1)];
}
