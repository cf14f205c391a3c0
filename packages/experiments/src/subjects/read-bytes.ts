import {InputError} from '@minefield/core';
import {readFile, stat} from 'node:fs/promises';

/** Largest file that is read: far above any network here, and below what Node reads at once. */
const MOST_BYTES = 2 ** 30;

/**
 * A file of a stranger's, whole.
 *
 * @param what it should be, for the error
 * @throws {InputError} when it is not there, cannot be read, or is larger than 1 GiB
 */
export async function readBytes(file: string, what: string): Promise<Uint8Array> {
  try {
    const {size} = await stat(file);
    if (size <= MOST_BYTES) return await readFile(file);
    throw refusal(file, what, `${size} bytes`, 'files of up to 1 GiB are read');
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unreadable one';
    throw refusal(file, what, code === 'ENOENT' ? 'no such file' : code, 'check the path');
  }
}

function refusal(file: string, what: string, got: string, remedy: string): RangeError {
  return new InputError(`experiments.readBytes: expected ${what} at ${file}, got ${got}; ${remedy}`);
}
