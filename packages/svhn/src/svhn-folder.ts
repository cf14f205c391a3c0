import {homedir} from 'node:os';
import {join} from 'node:path';
import {type SvhnPart, officialFile} from './official-files.ts';

/**
 * Where fetched files are kept by default: the folder that the platform has for caches, with `minefield/svhn` in it. Linux
 * and others: `$XDG_CACHE_HOME`, or else `~/.cache`; macOS: `~/Library/Caches`; Windows: `%LOCALAPPDATA%`.
 */
export function svhnFolder(): string {
  return join(cacheFolder(process.platform, process.env, homedir()), 'minefield', 'svhn');
}

/** Path of a part's file in a folder, fetched or not. @throws {InputError} for a part that SVHN does not have */
export function svhnPath(part: SvhnPart, folder: string = svhnFolder()): string {
  return join(folder, officialFile(part, 'svhn.svhnPath').name);
}

/** @internal */
export function cacheFolder(platform: string, environment: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  // The specification has relative paths ignored.
  const folder = environment['XDG_CACHE_HOME'];
  return folder?.startsWith('/') ? folder : join(home, '.cache');
}
