import {unlink} from 'node:fs/promises';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {MOST_PACKED_BYTES} from './pack-cache.ts';
import {readPack} from './read-pack.ts';
import {StoreError, storeError} from './store-error.ts';
import {writeAtomically} from './write-atomically.ts';

/**
 * The file of a pack: one record a line as compact JSON, sorted by identity, in a gzip that names neither file nor time. The
 * same records give the same lines, in whatever order they come.
 *
 * @param records by identity, or by the start of it
 */
export async function formatPack(records: ReadonlyMap<string, unknown>): Promise<Uint8Array> {
  const sorted = [...records].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = sorted.map(([, record]) => `${JSON.stringify(record)}\n`).join('');
  return promisify(gzip)(text, {level: 9});
}

/**
 * Writes a pack anew, whole or not at all; one without records goes.
 *
 * @throws {StoreError} where it cannot be written, or would be larger than packs that are read
 */
export async function writePack(file: string, records: ReadonlyMap<string, unknown>): Promise<void> {
  if (records.size > 0)
    return writeAtomically(file, await readable(file, await formatPack(records)), {filesOnly: true});
  try {
    await unlink(file);
  } catch (error) {
    throw storeError('write', file, error);
  }
}

async function readable(file: string, content: Uint8Array): Promise<Uint8Array> {
  try {
    await readPack(content, file);
    if (content.length <= MOST_PACKED_BYTES) return content;
    throw tooLarge(file, `expected at most ${MOST_PACKED_BYTES} bytes, got ${content.length}`);
  } catch (error) {
    throw error instanceof InvalidRecordError
      ? tooLarge(file, error.issues[0]?.message ?? error.message)
      : error;
  }
}

function tooLarge(file: string, reason: string): StoreError {
  return new StoreError(
    `cannot write ${file}: ${reason}; leave its records in files of their own`,
    file,
    'INVALID',
  );
}
