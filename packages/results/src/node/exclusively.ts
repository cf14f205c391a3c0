import {open, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {listFolder} from './files.ts';
import {isOrphan, processTag} from './process-tag.ts';
import {StoreError, storeError} from './store-error.ts';

const LOCK = /^\.packing-.+\.lock$/;

/**
 * Does work on the packs of a folder while no other process does. Each leaves its mark and then looks for those of others, so
 * that of two at once neither goes on unseen; the mark of a process of this machine that is no more is taken away.
 *
 * @throws {StoreError} `EBUSY` where another process is at it
 */
export async function exclusively<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const own = `.packing-${processTag}.lock`;
  const file = join(folder, own);
  try {
    await (await open(file, 'wx')).close();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw busy(folder, own);
    throw storeError('write', file, error);
  }
  try {
    for (const {name} of await listFolder(folder)) {
      if (name === own || !LOCK.test(name)) continue;
      if (!isOrphan(name)) throw busy(folder, name);
      await unlink(join(folder, name)).catch(() => undefined);
    }
    return await work();
  } finally {
    await unlink(file).catch(() => undefined);
  }
}

function busy(folder: string, name: string): StoreError {
  const file = join(folder, name);
  const message = `cannot pack in ${folder}: another process does; wait for it, or delete ${name} there where it is no more`;
  return new StoreError(message, file, 'EBUSY');
}
