import {InputError} from '@minefield/core';
import {readFileOrPipe, UnfitFileError} from '@minefield/results/node';

/** Largest file that is read: far above any network here, and below what Node reads at once. */
const MOST_BYTES = 2 ** 30;

/**
 * A file of a stranger's, whole, or what comes out of a pipe.
 *
 * @param what it should be, for the error
 * @param most bytes. Default: 1 GiB
 * @throws {InputError} when it is not there, cannot be read, is a device, or is larger
 */
export async function readBytes(file: string, what: string, most: number = MOST_BYTES): Promise<Uint8Array> {
  try {
    return await readFileOrPipe(file, most);
  } catch (error) {
    if (error instanceof UnfitFileError) {
      const size = most === MOST_BYTES ? '1 GiB' : `${most / 2 ** 20} MiB`;
      throw refusal(file, what, error.got, `files and pipes of up to ${size} are read`);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unreadable one';
    throw refusal(file, what, code === 'ENOENT' ? 'no such file' : code, 'check the path');
  }
}

function refusal(file: string, what: string, got: string, remedy: string): RangeError {
  return new InputError(`experiments.readBytes: expected ${what} at ${file}, got ${got}; ${remedy}`);
}
