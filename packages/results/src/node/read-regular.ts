import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {kindOf} from './destination.ts';

/** A file that is too large, or that is none. */
export class UnfitFileError extends RangeError {
  override readonly name = 'UnfitFileError';
  /** What there is, as part of a sentence: `a device`. */
  readonly got: string;

  constructor(expected: string, got: string) {
    super(`expected ${expected}, got ${got}`);
    this.got = got;
  }
}

/** Opening never waits for a writer; Windows has no such flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * The bytes of a regular file, or of the one that a link leads to. It is opened once, and what it is and how long it is are
 * asked of what was opened; the limit holds for what is read, whatever the system says of the length.
 *
 * @throws {UnfitFileError} where it is of another kind or longer than the limit
 * @throws the system's error
 */
export async function readRegular(file: string, maximumBytes: number): Promise<Uint8Array> {
  const handle = await open(file, FLAGS);
  try {
    const stats = await handle.stat();
    const kind = kindOf(stats);
    if (kind !== 'a file') throw new UnfitFileError('a file', kind);
    if (stats.size > maximumBytes) throw tooLong(maximumBytes, `${stats.size} bytes`);
    const bytes = await fill(handle, new Uint8Array(stats.size));
    // One byte more tells a file that has grown, or whose length nobody knew, from one that has ended.
    const probe = await fill(handle, new Uint8Array(1));
    return probe.length === 0 ? bytes : await readOn(handle, joined(bytes, probe), maximumBytes);
  } finally {
    await handle.close();
  }
}

/** Goes on where there is more than the system said, in pieces that double what there is. */
async function readOn(handle: FileHandle, begun: Uint8Array, maximumBytes: number): Promise<Uint8Array> {
  let bytes = begun;
  while (bytes.length <= maximumBytes) {
    const room = Math.min(maximumBytes + 1 - bytes.length, Math.max(bytes.length, 65_536));
    const more = await fill(handle, new Uint8Array(room));
    bytes = joined(bytes, more);
    if (more.length < room) return bytes;
  }
  throw tooLong(maximumBytes);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

/** @returns the part of the target that there were bytes for */
async function fill(handle: FileHandle, target: Uint8Array): Promise<Uint8Array> {
  let filled = 0;
  while (filled < target.length) {
    const {bytesRead} = await handle.read(target, filled, target.length - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return target.subarray(0, filled);
}

export function tooLong(maximumBytes: number, got = 'more'): UnfitFileError {
  return new UnfitFileError(`at most ${maximumBytes} bytes`, got);
}
