/** A file that is being downloaded: its bytes in `<name>.part`, and of which version they are in `<name>.part.json`. */
import {type FileHandle, open, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {isMissing, systemError} from './system-error.ts';

/** What a server calls a version of a file. */
export interface Version {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** An empty part in the place of the old one, and beside it the version that it is of. */
export async function beginPart(part: string, version: Version): Promise<void> {
  await removePart(part);
  await writing(part, async () => {
    await writeFile(`${part}.json`, JSON.stringify(version));
    await writeFile(part, '', {flag: 'wx'});
  });
}

/** Removes a part and its version, where they are. */
export async function removePart(part: string): Promise<void> {
  await writing(part, async () => {
    await rm(part, {force: true});
    await rm(`${part}.json`, {force: true});
  });
}

/** The version that a part is of; null where that was not noted, or is unreadable. */
export async function versionOf(part: string): Promise<Version | null> {
  try {
    const value: unknown = JSON.parse(await readFile(`${part}.json`, 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const text = (key: string): string | null => {
      const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
      return typeof found === 'string' && /^[\x20-\x7e]{1,200}$/.test(found) ? found : null;
    };
    const [etag, lastModified] = [text('etag'), text('lastModified')];
    return etag === null && lastModified === null ? null : {etag, lastModified};
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return null;
    throw systemError('read', `${part}.json`, error, 'fetchSvhn');
  }
}

/** Bytes of a file; 0 where it is not there. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw systemError('read', path, error, 'fetchSvhn');
  }
}

/** Writes all of these bytes from `position` on. @returns where they end */
export async function writeAt(
  handle: FileHandle,
  path: string,
  bytes: Uint8Array,
  position: number,
): Promise<number> {
  for (let written = 0; written < bytes.length;) {
    const from = written;
    const {bytesWritten} = await writing(path, () =>
      handle.write(bytes, from, bytes.length - from, position + from),
    );
    written += bytesWritten;
  }
  return position + bytes.length;
}

/** Gives a whole file its name, once its bytes are on the disk. */
export async function publish(temporary: string, path: string): Promise<void> {
  await writing(path, async () => {
    // A copy may be read-only, as its source; Windows flushes only what it may write.
    const handle = await open(temporary, process.platform === 'win32' ? 'r+' : 'r');
    await handle.sync().finally(() => handle.close());
    await rename(temporary, path);
  });
}

/** Does something to a file, and says what went wrong with it. */
export async function writing<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw systemError('write', path, error);
  }
}
