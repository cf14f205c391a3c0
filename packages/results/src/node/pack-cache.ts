import {stat} from 'node:fs/promises';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {isMissing} from './destination.ts';
import {type Pack, type PackLimits, packLimits, readPack} from './read-pack.ts';
import {readRegular, UnfitFileError} from './read-regular.ts';
import {storeError} from './store-error.ts';

/** Largest pack that is read or written. */
export const MOST_PACKED_BYTES: number = 2 ** 26;

/** The pack that was asked for last is kept, and of those before it as many as come to so many bytes unpacked. */
const KEPT_BYTES = 2 ** 26;

/** Reads packs, each once for as long as its file stays the same. */
export interface PackCache {
  /**
   * @returns undefined where there is no such file
   * @throws {InvalidRecordError} as {@link readPack} does
   * @throws {StoreError} where the system does not let it be read
   */
  read(file: string): Promise<Pack | undefined>;
  /** Another text once the file is another; null where there is none. @throws {StoreError} */
  stamp(file: string): Promise<string | null>;
}

interface Entry {
  readonly stamp: string;
  readonly pack: Promise<Pack>;
  /** Unpacked; 0 until it is known. */
  bytes: number;
}

export function packCache(limits: Partial<PackLimits> = {}): PackCache {
  const all = {...packLimits, ...limits};
  /** In the order in which they were asked for. */
  const entries = new Map<string, Entry>();

  const forget = (): void => {
    let kept = 0;
    for (const [i, [file, {bytes}]] of [...entries].toReversed().entries()) {
      kept += bytes;
      if (kept > KEPT_BYTES && i > 0) entries.delete(file);
    }
  };

  return {
    stamp: stampOf,
    async read(file) {
      const stamp = await stampOf(file);
      const earlier = entries.get(file);
      entries.delete(file);
      if (stamp === null) return undefined;
      const entry = earlier?.stamp === stamp ? earlier : {stamp, pack: readPackFile(file, all), bytes: 0};
      entries.set(file, entry);
      try {
        const pack = await entry.pack;
        entry.bytes = pack.bytes;
        forget();
        return pack;
      } catch (error) {
        if (entries.get(file) === entry) entries.delete(file);
        if (isMissing(error)) return undefined;
        throw storeError('read', file, error);
      }
    },
  };
}

async function stampOf(file: string): Promise<string | null> {
  try {
    const {ino, size, mtimeNs, ctimeNs} = await stat(file, {bigint: true});
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    if (isMissing(error)) return null;
    throw storeError('read', file, error);
  }
}

async function readPackFile(file: string, limits: PackLimits): Promise<Pack> {
  try {
    return await readPack(await readRegular(file, MOST_PACKED_BYTES), file, limits);
  } catch (error) {
    if (error instanceof UnfitFileError)
      throw new InvalidRecordError(file, [{path: '', message: error.message}]);
    throw error;
  }
}
