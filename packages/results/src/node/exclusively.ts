import {randomInt} from 'node:crypto';
import {open, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {listFolder} from './files.ts';
import {isOrphan, processTag} from './process-tag.ts';
import {StoreError, storeError} from './store-error.ts';

const MARK = /^\.packing-.+\.lock$/;
const OWN = `.packing-${processTag}.lock`;

/**
 * Does work on the packs of a folder while nobody else does. Each leaves its mark and then looks for those of others, so that of
 * two at once neither goes on unseen; the mark of a process of this machine that is no more is taken away.
 *
 * @param patience - milliseconds to wait for others
 * @throws {StoreError} `EBUSY` where others take longer
 */
export async function exclusively<T>(folder: string, work: () => Promise<T>, patience = 30_000): Promise<T> {
  const begun = performance.now();
  for (let other = await claim(folder); other !== null; other = await claim(folder)) {
    if (performance.now() - begun > patience) throw busy(folder, other);
    await pause(10 + randomInt(90));
  }
  try {
    return await work();
  } finally {
    await unlink(join(folder, OWN)).catch(() => undefined);
  }
}

/** @returns null where the folder is this one's now, or else the mark of another */
async function claim(folder: string): Promise<string | null> {
  const file = join(folder, OWN);
  try {
    await (await open(file, 'wx')).close();
  } catch (error) {
    // Other work of this process.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return OWN;
    throw storeError('write', file, error);
  }
  for (const {name} of await listFolder(folder)) {
    if (name === OWN || !MARK.test(name)) continue;
    await unlink(join(folder, isOrphan(name) ? name : OWN)).catch(() => undefined);
    if (!isOrphan(name)) return name;
  }
  return null;
}

function busy(folder: string, mark: string): StoreError {
  const message = `cannot pack in ${folder}: another process does; wait for it, or delete ${mark} there where it is no more`;
  return new StoreError(message, join(folder, mark), 'EBUSY');
}
