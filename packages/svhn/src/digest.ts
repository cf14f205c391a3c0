import {type Hash, createHash} from 'node:crypto';
import {type ByteSource, bytesOf, withFile} from './mat/byte-source.ts';

/** Digests of a whole source, lower-case hex, in the order of the algorithms. */
export async function digestsOf(
  source: ByteSource,
  algorithms: readonly ('md5' | 'sha256')[],
  signal?: AbortSignal,
): Promise<string[]> {
  const hashes: readonly Hash[] = algorithms.map((algorithm) => createHash(algorithm));
  for await (const piece of bytesOf(source, 0, source.size)) {
    signal?.throwIfAborted();
    for (const hash of hashes) hash.update(piece);
  }
  return hashes.map((hash) => hash.digest('hex'));
}

/** The MD5 of a file that is fetched, lower-case hex; it proves nothing against malice, but it is what is published of SVHN. */
export async function md5OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const [md5 = ''] = await withFile(path, (source) => digestsOf(source, ['md5'], signal), 'fetchSvhn');
  return md5;
}
