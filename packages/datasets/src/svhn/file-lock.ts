import {rm, stat, utimes, writeFile} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import {isMissing, systemError} from '../system-error.ts';

/** How often whoever holds a lock shows that it still does, in milliseconds. */
const BEAT = 1000;
const STALE = 10_000;
/** Milliseconds between two looks at a lock of somebody else's. */
const POLL = 100;

/**
 * Runs `act` while nobody else who asks for `<path>.lock` does, in this process or another one, and waits for whoever does.
 *
 * @param stale milliseconds without a sign of life after which a lock is taken to be left over
 * @throws {Error} where the lock cannot be written
 */
export async function withLock<T>(
  path: string,
  signal: AbortSignal | undefined,
  act: () => Promise<T>,
  stale: number = STALE,
): Promise<T> {
  const lock = `${path}.lock`;
  await take(lock, signal, stale);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, BEAT);
  try {
    return await act();
  } finally {
    clearInterval(beat);
    await rm(lock, {force: true});
  }
}

async function take(lock: string, signal: AbortSignal | undefined, stale: number): Promise<void> {
  // By a clock of one's own: those of other machines may go wrong.
  let [seen, since] = [Number.NaN, 0];
  while (!(await created(lock))) {
    const time = await changeOf(lock);
    if (time !== seen) [seen, since] = [time, performance.now()];
    else if (performance.now() - since > stale) await rm(lock, {force: true});
    await wait(POLL, signal);
  }
}

async function created(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}\n`, {flag: 'wx'});
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw systemError('write', lock, error);
  }
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
