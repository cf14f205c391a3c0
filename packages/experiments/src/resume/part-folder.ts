import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {readRegular, writeAtomically} from '@minefield/results/node';
import type {OpenStorage, PartStorage} from './part.ts';

/** Largest part that is read. */
const MOST_BYTES = 2 ** 31;

/** Parts in a folder of this machine, or in one that several share. */
export function partFolder(directory: string): PartStorage {
  return {
    async read(file) {
      try {
        return await readRegular(join(directory, file), MOST_BYTES);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: (file, bytes) => writeAtomically(join(directory, file), bytes, {filesOnly: true}),
  };
}

/** Parts in the folder of a `file:` URL. */
export const folderStorage: OpenStorage = (place) => partFolder(fileURLToPath(place));
