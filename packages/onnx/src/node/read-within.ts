import {constants} from 'node:fs';
import {open, realpath} from 'node:fs/promises';
import {dirname, isAbsolute, join, sep} from 'node:path';
import {InputError} from '@minefield/core';
import {quoted, onOneLine} from '../protobuf/place.ts';

/** Largest file that is read, and most bytes of all files beside a model. */
export const MOST_BYTES: number = 2 ** 30;

/**
 * A regular file, whole.
 *
 * @param most bytes
 * @throws {InputError} when it is not there, is no regular file, or is larger
 */
export async function readRegular(path: string, what: string, most: number): Promise<Uint8Array> {
  // Without waiting for the other end of a pipe.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unreadable one';
    throw refused(what, path, code === 'ENOENT' ? 'no such file' : code, 'check the path');
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile())
      throw refused(what, path, stat.isDirectory() ? 'a folder' : 'a device', 'give a file');
    if (stat.size > most)
      throw refused(what, path, `${stat.size} bytes`, `files of up to ${most} bytes are read`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * A file beside a model, by the name that the model has for it: below the model's own folder, links followed.
 *
 * @throws {InputError} when the name leads elsewhere
 */
export async function readBeside(model: string, location: string, most: number): Promise<Uint8Array> {
  const what = `the tensors of ${onOneLine(model)}`;
  const elsewhere = (): InputError =>
    refused(
      what,
      location,
      'a path that leads out of the model’s folder',
      'save the model anew, with its data beside it',
    );
  const parts = location.split(/[/\\]/);
  if (
    location === '' ||
    location.includes('\0') ||
    isAbsolute(location) ||
    parts.includes('..') ||
    /^[a-z]:/i.test(location)
  ) {
    throw elsewhere();
  }
  const folder = await realpath(dirname(model));
  const path = await realpath(join(folder, location)).catch(() => {
    throw refused(what, location, 'no such file', `it belongs beside the model, in ${onOneLine(folder)}`);
  });
  if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) throw elsewhere();
  return readRegular(path, what, most);
}

function refused(what: string, path: string, got: string, remedy: string): InputError {
  return new InputError(`onnx.openOnnx: expected ${what} at ${quoted(path)}, got ${got}; ${remedy}`);
}
