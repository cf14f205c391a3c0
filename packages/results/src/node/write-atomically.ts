import {randomUUID} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, open, rename, unlink} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {type Destination, destinationOf} from './destination.ts';
import {processTag} from './process-tag.ts';
import {StoreError, storeError} from './store-error.ts';
import {type Content, writeThrough} from './write-through.ts';

/** Temporary files of this module and no other: hidden, named after a process and a random number. */
export const temporaryPattern: RegExp =
  /^\..+\.[0-9a-f]{8}-\d+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Times that a file is written whose temporary file somebody took for one that nobody needs. */
const ATTEMPTS = 3;

export interface WriteOptions {
  /** Refuses whatever is no regular file, links too: nothing else is there whole or not at all. Default: see {@link writeAtomically}. */
  readonly filesOnly?: boolean;
}

/**
 * Writes a file so that it is there whole or not at all, even when the power fails: a temporary file in the same
 * folder, flushed, then renamed over the target, then the folder flushed. Missing folders are made.
 *
 * A link stays, and the file that it leads to is written so. A named pipe, a device or an open descriptor (`/dev/stdout`)
 * stays as well: the content goes into it, which may end in the middle. Disks and sockets are refused.
 *
 * @throws {StoreError} where the file cannot be written; no temporary file is left. `INVALID` where what stands there is refused.
 */
export async function writeAtomically(
  file: string,
  content: Content,
  {filesOnly = false}: WriteOptions = {},
): Promise<void> {
  try {
    const destination = await destinationOf(file);
    const refused = filesOnly ? notAFile(destination) : neverWritten(destination);
    if (refused !== null) {
      const message = `cannot write ${file}: ${refused} stands in its place; move it away or choose another file`;
      throw new StoreError(message, file, 'INVALID');
    }
    const {kind, path} = destination;
    if (kind === 'a device' || kind === 'a named pipe') await writeThrough(destination, content);
    else await replace(path, content);
  } catch (error) {
    throw storeError('write', file, error);
  }
}

/** A folder is left to the system, which has its own words for it. */
function notAFile({kind, linked}: Destination): string | null {
  if (linked) return 'a link';
  return kind === 'nothing' || kind === 'a file' || kind === 'a folder' ? null : kind;
}

function neverWritten({kind}: Destination): string | null {
  return kind === 'a disk' || kind === 'a socket' ? kind : null;
}

async function replace(file: string, content: Content): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await attemptToWrite(file, content);
      return;
    } catch (error) {
      const lost = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!lost || attempt === ATTEMPTS) throw error;
    }
  }
}

async function attemptToWrite(file: string, content: Content): Promise<void> {
  const folder = dirname(file);
  const temporary = join(folder, `.${basename(file)}.${processTag}.${randomUUID()}.tmp`);
  try {
    await makeFolder(folder);
    await writeFlushed(temporary, content);
    await rename(temporary, file);
    await flushFolder(folder);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** As `mkdir -p`. Node says ENOENT where the file system is read-only; a plain mkdir of the first missing folder says why. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, {recursive: true});
  } catch (error) {
    let missing = resolve(folder);
    while (dirname(missing) !== missing && !existsSync(dirname(missing))) missing = dirname(missing);
    await mkdir(missing);
    throw error;
  }
}

async function writeFlushed(file: string, content: Content): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(typeof content === 'function' ? content() : content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename survive a power failure. Windows cannot open folders and needs no such flush. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
