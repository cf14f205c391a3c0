import {open} from 'node:fs/promises';
import {DownloadError} from './download-error.ts';
import {type Version, beginPart, removePart, sizeOf, versionOf, writeAt, writing} from './part-file.ts';
import {beginsLikeWebPage} from './web-page.ts';

/** A file on a server, of which everything is known but its bytes. */
export interface RemoteFile {
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly md5: string;
}

export interface TransferOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes that are there, after each piece. */
  readonly onBytes?: ((received: number) => void) | undefined;
  /** Milliseconds without a byte after which an attempt is given up. Default 60,000. */
  readonly patience?: number | undefined;
}

/** An attempt that ended before the file did; the next one may do better. Its message is what happened. */
export class Unfinished extends Error {}

const PASSING_STATUSES = [408, 425, 429, 500, 502, 503, 504];

/**
 * One attempt to bring `part` to its full length: asks for the bytes that it lacks, provided that the server's file is
 * still the one that they began with, and otherwise for all.
 *
 * @throws {Unfinished} where another attempt may succeed
 * @throws {DownloadError} where it would not: the server has another file, or none
 * @throws {InputError} where `part` cannot be written
 */
export async function transfer(file: RemoteFile, part: string, options: TransferOptions = {}): Promise<void> {
  const {signal, onBytes, patience = 60_000} = options;
  const idle = new AbortController();
  const watchdog = setTimeout(() => idle.abort(), patience);
  const signals = signal === undefined ? [idle.signal] : [signal, idle.signal];

  function unfinished(error: unknown): unknown {
    if (signal?.aborted) return signal.reason;
    return new Unfinished(idle.signal.aborted ? `nothing for ${patience / 1000} s` : reasonOf(error), {
      cause: error,
    });
  }

  const version = await versionOf(part);
  const begun = version === null ? 0 : await sizeOf(part);
  const start = begun < file.bytes ? begun : 0;
  let response: Response | undefined;
  try {
    const range = start > 0 && version !== null ? rangeHeaders(start, version) : {};
    response = await fetch(file.url, {
      // Compressed bytes could not be counted.
      headers: {'accept-encoding': 'identity', ...range},
      signal: AbortSignal.any(signals),
    }).catch((error: unknown) => {
      throw unfinished(error);
    });
    const resumes = judge(response, file, start, version);
    if (resumes === 'stale') {
      await removePart(part);
      throw new Unfinished('another version of the file than before');
    }
    if (!resumes) await beginPart(part, versionIn(response));
    let position = resumes ? start : 0;
    const handle = await writing(part, () => open(part, 'r+'));
    try {
      const reader = response.body?.getReader();
      for (;;) {
        const piece = await reader?.read().catch((error: unknown) => {
          throw unfinished(error);
        });
        if (piece?.value === undefined) break;
        watchdog.refresh();
        const text = position === 0 ? String.fromCharCode(...piece.value.subarray(0, 64)) : '';
        if (beginsLikeWebPage(text)) throw webPage(file);
        if (position + piece.value.length > file.bytes) throw otherLength(file, 'more');
        position = await writeAt(handle, part, piece.value, position);
        onBytes?.(position);
      }
    } finally {
      await handle.close();
    }
    if (position < file.bytes) throw new Unfinished(`${position} of ${file.bytes} bytes`);
  } finally {
    clearTimeout(watchdog);
    if (response?.body?.locked === false) await response.body.cancel().catch(() => undefined);
    idle.abort();
  }
}

/** Whether the body of a response goes on where `part` ends (true), or begins anew (false), or neither (`stale`). */
function judge(
  {status, headers}: Response,
  file: RemoteFile,
  start: number,
  version: Version | null,
): boolean | 'stale' {
  if (status === 416) return 'stale';
  if (PASSING_STATUSES.includes(status)) throw new Unfinished(`status ${status}`);
  if (status !== 200 && status !== 206) throw failed(file, 'the file', `status ${status}`);
  if (/^text\/html\b/i.test(headers.get('content-type') ?? '')) throw webPage(file);
  if (status === 200) {
    const length = headers.get('content-length');
    if (length !== null && Number(length) !== file.bytes) throw otherLength(file, length);
    return false;
  }
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  const etag = headers.get('etag');
  const sameVersion = etag === null || version?.etag === null || etag === version?.etag;
  if (start === 0 || Number(first) !== start || !sameVersion) return 'stale';
  if (total !== '*' && Number(total) !== file.bytes) throw otherLength(file, String(total));
  return true;
}

/** If-Range takes strong tags and dates; a weak tag says only that the file means the same. */
function rangeHeaders(start: number, {etag, lastModified}: Version): Record<string, string> {
  const validator = etag ?? lastModified;
  return validator === null ? {} : {range: `bytes=${start}-`, 'if-range': validator};
}

function versionIn({headers}: Response): Version {
  const etag = headers.get('etag');
  return {etag: etag?.startsWith('W/') ? null : etag, lastModified: headers.get('last-modified')};
}

function webPage(file: RemoteFile): DownloadError {
  return failed(
    file,
    'the file',
    'a web page',
    'a proxy or a login page may stand between; check the network',
  );
}

function otherLength(file: RemoteFile, length: string): DownloadError {
  return failed(file, `${file.bytes} bytes`, `${length}`);
}

/** An error about what a server sends. */
export function failed(
  {url}: RemoteFile,
  expected: string,
  got: string,
  remedy: string = 'check the address, or name a folder that has the files (from)',
): DownloadError {
  return new DownloadError(`svhn.fetchSvhn: expected ${expected} from ${url}, got ${got}; ${remedy}`);
}

/** The innermost reason: fetch says only "fetch failed" or "terminated" itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
