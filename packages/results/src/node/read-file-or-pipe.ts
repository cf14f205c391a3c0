import {constants, open as openFile} from 'node:fs';
import {stat} from 'node:fs/promises';
import {Socket} from 'node:net';
import {promisify} from 'node:util';
import {readRegular, tooLong} from './read-regular.ts';

/**
 * The bytes of a regular file, or what comes out of a pipe until its end, such as that of `<(command)`. A named pipe is
 * waited for, as any program waits for it; a device, which may have no end, is not read.
 *
 * @throws {UnfitFileError} where it is of another kind or longer than the limit
 * @throws the system's error
 */
export async function readFileOrPipe(file: string, maximumBytes: number): Promise<Uint8Array> {
  return (await stat(file)).isFIFO() ? readPipe(file, maximumBytes) : readRegular(file, maximumBytes);
}

/** As events come: a read that waits in a thread would keep the process from its end. */
async function readPipe(file: string, maximumBytes: number): Promise<Uint8Array> {
  const descriptor = await promisify(openFile)(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const socket = new Socket({fd: descriptor, readable: true, writable: false});
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of socket as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > maximumBytes) throw tooLong(maximumBytes);
      pieces.push(piece);
    }
  } finally {
    socket.destroy();
  }
  return Buffer.concat(pieces);
}
