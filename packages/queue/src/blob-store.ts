import {InputError} from '@minefield/core';
import {createHash} from 'node:crypto';
import type {Store} from '@minefield/results/node';
import type {Redis} from 'ioredis';
import {MOST_BYTES, keys, seconds} from './keys.ts';

/** What files travel through between those who share a queue; a file goes by its SHA-256. */
export interface BlobStore {
  readonly kind: 'redis' | 'folder';
  /** @throws {FileNotThereError} when it is not there, or damaged */
  read(experiment: string, sha256: string): Promise<Uint8Array>;
  /** Makes sure that a file is there. @returns its SHA-256 */
  offer(experiment: string, bytes: Uint8Array): Promise<string>;
  /** No task that waits here needs the file any more. */
  release(sha256: string): Promise<void>;
}

/** A file that may come yet: a folder on several machines shows it later, or its sweep offers it again. */
export class FileNotThereError extends Error {}

/** Said of a file that Redis has lost, so that the sweep knows that it is to be offered again. */
export const GONE = 'is gone from Redis';

export function redisBlobs(redis: Redis): BlobStore {
  return {
    kind: 'redis',
    async read(_experiment, sha256) {
      const bytes = await redis.getBuffer(keys.blob(sha256));
      if (bytes !== null && hashOf(bytes) === sha256) return bytes;
      // One that is damaged is not offered again while it is there.
      if (bytes !== null) await redis.del(keys.blob(sha256));
      throw new FileNotThereError(`queue.readBlob: the file ${sha256} ${GONE}`);
    },
    async offer(_experiment, bytes) {
      const sha256 = hashOf(bytes);
      if (bytes.length > MOST_BYTES) {
        throw new InputError(
          `queue.readBlob: expected files of at most ${MOST_BYTES} bytes to go through Redis, got ${bytes.length}; ` +
            'share the results folder: run --shared, worker --store',
        );
      }
      const key = keys.blob(sha256);
      // Mostly there already: the analyses of one run read the same file.
      if ((await redis.expire(key, seconds.uncollected)) === 0) {
        await redis.set(key, Buffer.from(bytes), 'EX', seconds.uncollected);
      }
      return sha256;
    },
    async release(sha256) {
      await redis.expire(keys.blob(sha256), seconds.collected);
    },
  };
}

/** The results folder itself, where all machines see it. */
export function folderBlobs(store: Store): BlobStore {
  return {
    kind: 'folder',
    async read(experiment, sha256) {
      try {
        return await store.readCheckpoint(experiment, sha256);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new FileNotThereError(`queue: ${reason}; is --store the folder of run --out?`, {
          cause: error,
        });
      }
    },
    offer: async (experiment, bytes) => (await store.writeCheckpoint(experiment, bytes)).sha256,
    release: () => Promise.resolve(),
  };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
