import {unlink} from 'node:fs/promises';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import {storeError} from './store-error.ts';
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

/** Writes a pack anew, whole or not at all; one without records goes. @throws {StoreError} */
export async function writePack(file: string, records: ReadonlyMap<string, unknown>): Promise<void> {
  if (records.size > 0) return writeAtomically(file, await formatPack(records), {filesOnly: true});
  try {
    await unlink(file);
  } catch (error) {
    throw storeError('write', file, error);
  }
}
