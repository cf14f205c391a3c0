import type {CancelSignal} from '@minefield/core';
import {type Hash, createHash} from 'node:crypto';
import {type ByteSource, bytesOf, withFile} from './mat/byte-source.ts';

/** Feeds a whole source to hashes. */
export async function hashInto(
  hashes: readonly Hash[],
  source: ByteSource,
  signal?: CancelSignal,
): Promise<void> {
  for await (const piece of bytesOf(source, 0, source.size)) {
    signal?.throwIfAborted();
    for (const hash of hashes) hash.update(piece);
  }
}

/** The MD5 of a file that is fetched, lower-case hex; it proves nothing against malice, but it is what is published of SVHN. */
export async function md5OfFile(path: string, signal?: CancelSignal): Promise<string> {
  const md5 = createHash('md5');
  await withFile(path, (source) => hashInto([md5], source, signal), 'fetchSvhn');
  return md5.digest('hex');
}
