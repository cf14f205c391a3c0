import {InputError} from '@minefield/core';
import {statfs} from 'node:fs/promises';
import {dirname} from 'node:path';
import {md5OfFile} from './digest.ts';
import {DownloadError} from './download-error.ts';
import {wait} from './file-lock.ts';
import {publish, removePart, sizeOf} from './part-file.ts';
import {type RemoteFile, type TransferOptions, Unfinished, failed, transfer} from './transfer.ts';

export interface DownloadOptions extends TransferOptions {
  /** Milliseconds before the second attempt; each later one waits twice as long. Default 1000. */
  readonly backOff?: number | undefined;
  /** Called before each new attempt. */
  readonly onRetry?: ((reason: string, seconds: number) => void) | undefined;
}

/** Attempts in a row of which none brings much. */
const MOST_ATTEMPTS = 5;
/** Bytes that an attempt must bring for the count to begin anew. */
const MUCH = 2 ** 20;

/**
 * Downloads a file so that it is at `path` whole and right, or not at all. What has come so far is kept beside it in
 * `<path>.part`, where the next call goes on, in this process or another one; only one may be at it at a time.
 *
 * @throws {DownloadError} where the server cannot be reached or has another file
 * @throws {InputError} where the file cannot be written
 */
export async function download(file: RemoteFile, path: string, options: DownloadOptions = {}): Promise<void> {
  const {signal, backOff = 1000, onRetry} = options;
  const part = `${path}.part`;
  await requireSpace(path, file.bytes - (await sizeOf(part)));
  let mismatches = 0;
  for (let failures = 0; ;) {
    const before = await sizeOf(part);
    try {
      if (before !== file.bytes) await transfer(file, part, options);
      const md5 = await md5OfFile(part, signal);
      if (md5 === file.md5) break;
      await removePart(part);
      // What was kept from before may have been of another file; what came whole from the server is the server's.
      if (before === 0 || mismatches++ > 0) throw failed(file, `MD5 ${file.md5}`, md5);
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      failures = (await sizeOf(part)) - before >= MUCH ? 1 : failures + 1;
      if (failures === MOST_ATTEMPTS) throw unreachable(file, failures, error);
      const milliseconds = backOff * 2 ** (failures - 1);
      onRetry?.(error.message, milliseconds / 1000);
      await wait(milliseconds, signal);
    }
  }
  await publish(part, path);
  await removePart(part);
}

function unreachable({url}: RemoteFile, attempts: number, {message}: Error): DownloadError {
  return new DownloadError(
    `svhn.fetchSvhn: expected the whole of ${url}, got ${message} at the last of ${attempts} attempts; ` +
      'check the network and try again, which goes on from there, or name a folder that has the files (from)',
  );
}

/** @throws {InputError} where the disk has no room for so many bytes; one that does not say is taken to have it */
export async function requireSpace(path: string, bytes: number): Promise<void> {
  const disk = await statfs(dirname(path)).catch(() => null);
  if (disk === null || disk.bavail * disk.bsize >= bytes) return;
  const [wanted, free] = [bytes, disk.bavail * disk.bsize].map((count) => `${(count / 1e6).toFixed(1)} MB`);
  throw new InputError(
    `svhn.fetchSvhn: expected ${wanted} of free space for ${path}, got ${free}; free some or choose another folder`,
  );
}
