import {homedir} from 'node:os';
import {join} from 'node:path';
import {cacheFolder} from '@minefield/core';
import {type SvhnPart, officialFile} from './official-files.ts';

/**
 * Where fetched files are kept by default: `minefield/svhn` in the folder that the platform has for caches. Linux and
 * others: `$XDG_CACHE_HOME`, or else `~/.cache`; macOS: `~/Library/Caches`; Windows: `%LOCALAPPDATA%`.
 */
export function svhnFolder(): string {
  return join(cacheFolder(process.platform, process.env, homedir()), 'minefield', 'svhn');
}

/** Path of a part's file in a folder, fetched or not. @throws {InputError} for a part that SVHN does not have */
export function svhnPath(part: SvhnPart, folder: string = svhnFolder()): string {
  return join(folder, officialFile(part, 'svhn.svhnPath').name);
}
