/** Reading and moving files, with errors that say what to do. */
import type {Dirent} from 'node:fs';
import {access, mkdir, readdir, rename} from 'node:fs/promises';
import {join} from 'node:path';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {isMissing} from './destination.ts';
import {readRegular, UnfitFileError} from './read-regular.ts';
import {StoreError, storeError} from './store-error.ts';
import {utf8Text} from './utf8-text.ts';

/** Largest checkpoint that is read. */
const MOST_BYTES = 2 ** 31;

/** @throws {InvalidRecordError} where it is no regular file, one larger than `maximumBytes`, or no UTF-8 */
export async function readText(file: string, maximumBytes: number): Promise<string> {
  const bytes = await readRegular(file, maximumBytes).catch((error: unknown) => {
    if (error instanceof UnfitFileError)
      throw new InvalidRecordError(file, [{path: '', message: error.message}]);
    throw storeError('read', file, error);
  });
  return utf8Text(bytes, file);
}

/** @throws {StoreError} `INVALID` where it is no regular file, or one of more than 2 GiB */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readRegular(file, MOST_BYTES);
  } catch (error) {
    if (error instanceof UnfitFileError) {
      throw new StoreError(`cannot read ${file}: ${error.message}; move it away`, file, 'INVALID', {
        cause: error,
      });
    }
    throw storeError('read', file, error);
  }
}

/** Absolute paths of the files below a folder; none where the folder is not there. */
export async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, {recursive: true, withFileTypes: true});
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw storeError('read', folder, error);
  }
}

/** What is in a folder; nothing where it is not there, or no folder. */
export async function listFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, {withFileTypes: true});
  } catch (error) {
    if (isMissing(error)) return [];
    throw storeError('read', folder, error);
  }
}

/**
 * Moves a file into a folder under a name that is still free there.
 *
 * @param move - or copies it
 */
export async function moveAside(
  file: string,
  folder: string,
  name: string,
  move: (from: string, to: string) => Promise<void> = rename,
): Promise<string> {
  try {
    await mkdir(folder, {recursive: true});
    for (let attempt = 1; ; attempt++) {
      const target = join(folder, attempt === 1 ? name : `${name}.${attempt}`);
      if (await exists(target)) continue;
      await move(file, target);
      return target;
    }
  } catch (error) {
    throw storeError('write', file, error);
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw storeError('read', file, error);
  }
}
