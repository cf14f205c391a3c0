import {InputError, printable} from '@minefield/core';
import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {type Caller, systemError} from '../system-error.ts';

/** Bytes that can be read at any place: those of an open file. */
export interface ByteSource {
  /** What messages call it: its path. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Reads some of the bytes from `position` on into `target`. @returns how many; 0 at the end */
  readInto(target: Uint8Array, position: number): Promise<number>;
}

/**
 * Opens a file for as long as `use` works on it.
 *
 * @throws {InputError} where there is no such file, it is a folder, or it cannot be read
 */
export async function withFile<T>(
  path: string,
  use: (source: ByteSource) => Promise<T>,
  caller: Caller = 'readSvhnFile',
): Promise<T> {
  let handle: FileHandle;
  try {
    // Not to wait for whoever writes into a named pipe.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw systemError('read', path, error, caller);
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      const got = stats.isDirectory() ? 'a folder' : 'something else';
      throw new InputError(`svhn.${caller}: expected a file at ${path}, got ${got}; check the path`);
    }
    const result = await use({
      name: path,
      size: stats.size,
      readInto: async (target, position) => {
        try {
          return (await handle.read(target, 0, target.length, position)).bytesRead;
        } catch (error) {
          throw systemError('read', path, error, caller);
        }
      },
    });
    const {size, mtimeMs} = await handle.stat();
    if (size === stats.size && mtimeMs === stats.mtimeMs) return result;
    throw new InputError(
      `svhn.${caller}: expected ${path} to rest, got a change while it was being read; wait and read it again`,
    );
  } finally {
    await handle.close();
  }
}

/** Bytes that are read at once. */
const PIECE_BYTES = 2 ** 16;

/** Bytes `begin` to `end` of a source in order, in pieces of one array: each is valid until the next one is asked for. */
export async function* bytesOf(source: ByteSource, begin: number, end: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(Math.min(PIECE_BYTES, end - begin));
  for (let position = begin; position < end;) {
    const count = await source.readInto(piece.subarray(0, end - position), position);
    if (count === 0) {
      throw invalidFile(source, `${end} bytes`, `${position} now: it shrank while it was being read`);
    }
    position += count;
    yield piece.subarray(0, count);
  }
}

/** Bytes `begin` to `end` of a source, which must be there. */
export async function readBytes(source: ByteSource, begin: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - begin);
  let filled = 0;
  for await (const piece of bytesOf(source, begin, end)) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}

const DAMAGED = 'the file is damaged; fetch it again (minefield data fetch svhn)';

/** Characters of what is quoted of a file. */
const LONGEST = 300;

/** An error about the bytes of a file. */
export function invalidFile(
  {name}: ByteSource,
  expected: string,
  got: string,
  remedy: string = DAMAGED,
): InputError {
  // A file may hold anything: what is quoted of it must not steer a terminal, nor fill it.
  return new InputError(
    `svhn.readSvhnFile: expected ${expected} in ${name}, got ${printable(got, LONGEST)}; ${remedy}`,
  );
}
