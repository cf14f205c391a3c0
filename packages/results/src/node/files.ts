/** Reading and moving files, with errors that say what to do. */
import {access, mkdir, readdir, readFile, rename, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {isMissing} from './destination.ts';
import {storeError} from './store-error.ts';

/** @throws {InvalidRecordError} where the file is larger than `maximumBytes`; it is not read. */
export async function readText(file: string, maximumBytes: number): Promise<string> {
  try {
    const {size} = await stat(file);
    if (size > maximumBytes) {
      const message = `expected at most ${maximumBytes} bytes, got ${size}`;
      throw new InvalidRecordError(file, [{path: '', message}]);
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    throw storeError('read', file, error);
  }
}

export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
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

/** Moves a file into a folder under a name that is still free there. */
export async function moveAside(file: string, folder: string, name: string): Promise<string> {
  try {
    await mkdir(folder, {recursive: true});
    for (let attempt = 1; ; attempt++) {
      const target = join(folder, attempt === 1 ? name : `${name}.${attempt}`);
      if (await exists(target)) continue;
      await rename(file, target);
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
