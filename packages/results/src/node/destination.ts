import type {Stats} from 'node:fs';
import {lstat, readlink, realpath} from 'node:fs/promises';
import {basename, dirname, isAbsolute, join, sep} from 'node:path';

/** What stands at a path, or nothing: `a folder` too, which a file is to be refused for in the system's own words. */
export type Kind =
  'nothing' | 'a file' | 'a folder' | 'a link' | 'a named pipe' | 'a device' | 'a disk' | 'a socket';

/** Where a path leads. */
export interface Destination {
  /** The path itself, or what the links there lead to. */
  readonly path: string;
  readonly kind: Kind;
  readonly linked: boolean;
  /** This process has it open as the descriptor of this number. */
  readonly descriptor: number | null;
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** Folders of the system that no file can be made in. */
const PROCESSES = /^\/proc(?=\/|$)/;

/**
 * Follows the links at a path to what they lead to, there or not; those among its folders stay as they are. What a system
 * offers as files, descriptors among them, is taken for a device: nothing can be renamed into its place.
 *
 * @throws the system's error
 */
export async function destinationOf(file: string): Promise<Destination> {
  let path = file;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const linked = links > 0;
    const folder = await realFolder(dirname(path));
    if (PROCESSES.test(folder)) {
      return {path, kind: 'a device', linked, descriptor: descriptorIn(folder, basename(path))};
    }
    const kind = await kindAt(path);
    if (kind !== 'a link') return {path, kind, linked, descriptor: null};
    const target = await readlink(path);
    // Not `join`, which takes `..` for the parent of a link: the system takes it for that of the folder behind it.
    path = isAbsolute(target) ? target : `${folder}${sep}${target}`;
  }
  throw Object.assign(new Error('too many links'), {code: 'ELOOP'});
}

/** @returns what it is of, as part of a sentence */
export function kindOf(stats: Stats): Kind {
  if (stats.isFile()) return 'a file';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isSymbolicLink()) return 'a link';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isBlockDevice()) return 'a disk';
  return stats.isSocket() ? 'a socket' : 'a device';
}

/** What stands at a path, links as such. */
async function kindAt(path: string): Promise<Kind> {
  try {
    return kindOf(await lstat(path));
  } catch (error) {
    if (isMissing(error)) return 'nothing';
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** A folder without links, as far as it is there. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (!isMissing(error) || parent === folder) throw error;
    return join(await realFolder(parent), basename(folder));
  }
}

/** Threads have folders of their own, of the same descriptors. */
function descriptorIn(folder: string, name: string): number | null {
  const [, pid] = /^\/proc\/(\d+)\/(?:task\/\d+\/)?fd$/.exec(folder) ?? [];
  return Number(pid) === process.pid && /^\d+$/.test(name) ? Number(name) : null;
}
