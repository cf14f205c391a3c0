import {randomUUID} from 'node:crypto';
import {link, readFile, rename, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import {hasCode, isMissing, systemError} from './system-error.ts';

/** How often whoever holds a lock shows that it still does, in milliseconds. */
const BEAT = 1000;
const STALE = 10_000;
/** Milliseconds between two looks at a lock of somebody else's. */
const POLL = 100;

/**
 * Runs `act` while nobody else who asks for `<path>.lock` does, in this process or another one, and waits for whoever does.
 * A lock names its owner, who lets go of no other; one without a sign of life is taken to be left over.
 *
 * @param stale milliseconds without a sign of life after which that is so
 * @throws {InputError} where the lock cannot be written
 */
export async function withLock<T>(
  path: string,
  signal: AbortSignal | undefined,
  act: () => Promise<T>,
  stale: number = STALE,
): Promise<T> {
  const lock = `${path}.lock`;
  const owner = randomUUID();
  await take(lock, owner, signal, stale);
  const beat = setInterval(() => {
    const now = new Date();
    void ownerOf(lock).then((found) =>
      found === owner ? utimes(lock, now, now).catch(() => undefined) : undefined,
    );
  }, BEAT);
  try {
    return await act();
  } finally {
    clearInterval(beat);
    if ((await ownerOf(lock)) === owner) await rm(lock, {force: true});
  }
}

async function take(
  lock: string,
  owner: string,
  signal: AbortSignal | undefined,
  stale: number,
): Promise<void> {
  // By a clock of one's own: those of other machines may go wrong.
  let [seen, since, holder] = [Number.NaN, 0, ''];
  while (!(await created(lock, owner))) {
    const time = await changeOf(lock);
    if (time !== seen) [seen, since, holder] = [time, performance.now(), await ownerOf(lock)];
    else if (performance.now() - since > stale) await breakLock(lock, holder, owner);
    await wait(POLL, signal);
  }
}

/** Takes away the lock of an owner who is gone. Whoever else does so meanwhile, and takes it, keeps it. */
async function breakLock(lock: string, holder: string, owner: string): Promise<void> {
  const aside = `${lock}.${owner}`;
  try {
    await rename(lock, aside);
    if ((await ownerOf(aside)) !== holder) await link(aside, lock);
  } catch {
    // Gone already, or there is another one again: the next look tells.
  } finally {
    await rm(aside, {force: true});
  }
}

async function created(lock: string, owner: string): Promise<boolean> {
  try {
    // Whole or not at all: a disk may be full.
    const whole = `${lock}.${owner}`;
    try {
      await writeFile(whole, owner);
      await link(whole, lock);
    } finally {
      await rm(whole, {force: true});
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw systemError('write', lock, error);
  }
}

/** Empty where it is gone. */
function ownerOf(lock: string): Promise<string> {
  return readFile(lock, 'utf8').catch(() => '');
}

/** When a file was last changed; −1 where it is gone. */
async function changeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return -1;
    throw systemError('read', path, error, 'fetchSvhn');
  }
}

/** @throws the signal's own reason where it is aborted before or meanwhile */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(milliseconds, undefined, {signal}).catch(() => undefined);
  signal?.throwIfAborted();
}
