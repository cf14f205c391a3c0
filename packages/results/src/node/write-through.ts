import {constants, fstat, write as writeTo} from 'node:fs';
import {open} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import type {Destination} from './destination.ts';

/** What is written: whole, or made piece by piece, anew each time that it is asked for. */
export type Content = string | Uint8Array | (() => AsyncIterable<string | Uint8Array>);

/** Never waits for a reader to come, nor becomes the process' terminal; Windows has no such flags. */
const FLAGS =
  constants.O_WRONLY | constants.O_TRUNC | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Between looks at a reader who is not ready for more. */
const PAUSE_MILLISECONDS = 5;

type Write = (bytes: Uint8Array) => Promise<{readonly bytesWritten: number}>;

/**
 * Writes into what is there: a named pipe, a device, or what this process has open as a descriptor. It may end in the middle.
 *
 * @throws the system's error: ENXIO where nobody reads from a pipe
 */
export async function writeThrough({path, descriptor}: Destination, content: Content): Promise<void> {
  if (descriptor !== null) {
    // Opened anew, a file would be written from its beginning, and a socket could not be opened at all.
    await requireStream(descriptor);
    return writeAll((part) => promisify(writeTo)(descriptor, part), content);
  }
  const handle = await open(path, FLAGS);
  try {
    await writeAll((part) => handle.write(part), content);
  } finally {
    await handle.close();
  }
}

/** Engines have descriptors of their own open, which are of no kind that a file system knows. */
async function requireStream(descriptor: number): Promise<void> {
  const stats = await promisify(fstat)(descriptor);
  if (stats.isFile() || stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice()) return;
  throw Object.assign(new Error('nothing that can be written to'), {code: 'EBADF'});
}

async function writeAll(write: Write, content: Content): Promise<void> {
  for await (const piece of typeof content === 'function' ? content() : [content]) {
    await writePiece(write, typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
  }
}

async function writePiece(write: Write, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    try {
      written += (await write(bytes.subarray(written))).bytesWritten;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      await pause(PAUSE_MILLISECONDS);
    }
  }
}
