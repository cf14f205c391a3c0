import {InputError, checkOptions} from '@minefield/core';
import {constants} from 'node:fs';
import {copyFile, mkdir, rm, stat} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {withFile} from './mat/byte-source.ts';
import {isMissing, systemError} from './system-error.ts';
import {md5OfFile} from './digest.ts';
import {type DownloadOptions, download, requireSpace} from './download.ts';
import {withLock} from './file-lock.ts';
import {type OfficialFile, type SvhnPart, officialFile} from './official-files.ts';
import {svhnFolder} from './svhn-folder.ts';
import {publish, writing} from './part-file.ts';

export interface FetchSvhnOptions {
  /** Default: train and test. */
  readonly parts?: readonly SvhnPart[];
  /** Where the files go. Default: `svhnFolder()`. */
  readonly folder?: string;
  /** A folder that has the files already, under their official names: they are copied from there. */
  readonly from?: string;
  /** Where the files are downloaded from otherwise. Default: SVHN's own address. */
  readonly baseUrl?: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Called before each new attempt at a download. */
  readonly onRetry?: (retry: FetchRetry) => void;
}

/** An attempt that broke off, and the next one. */
export interface FetchRetry {
  readonly part: SvhnPart;
  readonly reason: string;
  /** Until the next attempt. */
  readonly seconds: number;
}

/** How far the download of a part is. */
export interface FetchProgress {
  readonly part: SvhnPart;
  /** Bytes that are there. */
  readonly received: number;
  readonly total: number;
}

export interface FetchedFile {
  readonly part: SvhnPart;
  readonly path: string;
  readonly bytes: number;
  readonly md5: string;
  /** Where it is from: it was there before, or came from a folder or the network. */
  readonly origin: 'kept' | 'copied' | 'downloaded';
}

const BASE_URL = 'http://ufldl.stanford.edu/housenumbers/';

/**
 * Sees to it that SVHN's files are in a folder, each checked against its published MD5: keeps those that are there, and
 * copies or downloads the others. A file appears whole or not at all, and a download that was interrupted goes on where it
 * was. Of several calls for the same file, in one process or more, one fetches it and the others wait. SVHN is for
 * non-commercial use.
 *
 * @throws {DownloadError} where a file cannot be downloaded
 * @throws {InputError} where a file cannot be read or written, is not the official one, or another is in its place
 * @example const [train] = await fetchSvhn({parts: ['train']})
 */
export async function fetchSvhn(options: FetchSvhnOptions = {}): Promise<FetchedFile[]> {
  checkOptions('svhn.fetchSvhn', options, {
    parts: true,
    folder: true,
    from: true,
    baseUrl: true,
    signal: true,
    onProgress: true,
    onRetry: true,
  });
  const {parts = ['train', 'test']} = options;
  if (!Array.isArray(parts)) {
    throw new InputError(`svhn.fetchSvhn: expected a list of parts, got ${parts}; put it into brackets`);
  }
  const wanted = parts.map((part) => officialFile(part, 'svhn.fetchSvhn'));
  return fetchFiles(
    wanted.filter((file, i) => wanted.indexOf(file) === i),
    options,
  );
}

/** @internal The same for files of a list. */
export async function fetchFiles(
  files: readonly OfficialFile[],
  options: FetchSvhnOptions & Pick<DownloadOptions, 'backOff' | 'patience'> = {},
): Promise<FetchedFile[]> {
  const {
    folder = svhnFolder(),
    from,
    baseUrl = BASE_URL,
    signal,
    onProgress,
    onRetry,
    backOff,
    patience,
  } = options;
  const base = baseUrl.replace(/\/?$/, '/');
  if (!/^https?:/.test(base) || !URL.canParse(base)) {
    throw new InputError(
      `svhn.fetchSvhn: expected an address such as ${BASE_URL}, got ${baseUrl}; correct baseUrl`,
    );
  }
  await makeFolder(resolve(folder)).catch((error: unknown) => {
    throw systemError('write', folder, error);
  });
  const fetched: FetchedFile[] = [];
  for (const {part, name, bytes, md5} of files) {
    signal?.throwIfAborted();
    const path = join(folder, name);
    const obtain = async (): Promise<FetchedFile['origin']> => {
      if (await isThere(path, md5, signal)) return 'kept';
      if (from !== undefined) {
        await copyChecked(join(from, name), path, {bytes, md5}, signal);
        return 'copied';
      }
      const url = new URL(name, base).href;
      await download({url, bytes, md5}, path, {
        signal,
        backOff,
        patience,
        onBytes: (received) => onProgress?.({part, received, total: bytes}),
        onRetry: (reason, seconds) => onRetry?.({part, reason, seconds}),
      });
      return 'downloaded';
    };
    // The folder of a file that is there need not be one to write to.
    const origin = (await isThere(path, md5, signal)) ? 'kept' : await withLock(path, signal, obtain);
    fetched.push({part, path, bytes, md5, origin});
  }
  return fetched;
}

/** As `mkdir -p`. Node's own never ends where a folder cannot be made and the system says ENOENT, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch(async (error: unknown) => {
    if (!(await isFolder(folder))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** Whether the official file is at `path`. @throws {InputError} where another file is: it may be somebody's, and stays */
async function isThere(path: string, md5: string, signal: AbortSignal | undefined): Promise<boolean> {
  if (!(await exists(path))) return false;
  const found = await md5OfFile(path, signal);
  if (found === md5) return true;
  throw new InputError(
    `svhn.fetchSvhn: expected nothing or the official file at ${path}, got another one of MD5 ${found}; ` +
      'move it away or choose another folder',
  );
}

/** Copies a file, shares its blocks where the file system can, and checks the copy before it takes its name. */
async function copyChecked(
  source: string,
  path: string,
  {bytes, md5}: {readonly bytes: number; readonly md5: string},
  signal: AbortSignal | undefined,
): Promise<void> {
  const temporary = `${path}.${process.pid}.copy`;
  const copy = async ({size}: {readonly size: number}): Promise<void> => {
    if (size !== bytes) throw notOfficial(source, `${bytes} bytes`, `${size}`);
    await requireSpace(path, bytes);
    await writing(path, () => copyFile(source, temporary, constants.COPYFILE_FICLONE));
  };
  try {
    await withFile(source, copy, 'fetchSvhn');
    const found = await md5OfFile(temporary, signal);
    if (found !== md5) throw notOfficial(source, `MD5 ${md5}`, found);
    await publish(temporary, path);
  } finally {
    await rm(temporary, {force: true});
  }
}

function notOfficial(path: string, expected: string, got: string): InputError {
  const remedy = 'it is not the official file; choose another folder, or download it';
  return new InputError(`svhn.fetchSvhn: expected ${expected} in ${path}, got ${got}; ${remedy}`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw systemError('read', path, error, 'fetchSvhn');
  }
}
