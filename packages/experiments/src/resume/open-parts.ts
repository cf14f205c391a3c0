import {InputError} from '@minefield/core';
import {shortIdentity} from '@minefield/results';
import {type PartLabel, decodePart, encodePart} from './encode-part.ts';
import type {Part, PartStorage, Parts} from './part.ts';

/** Ends the name of every part's file. */
export const PART_SUFFIX = '.safetensors';

/** The file of a part. */
function partFile(identity: string, name: string): string {
  if (!/^[0-9a-f]{64}$/.test(identity) || !/^[a-z0-9-]{1,64}$/.test(name)) {
    throw new InputError(
      `experiments.partFile: expected an identity and a plain name, got ${identity}, ${name}`,
    );
  }
  return `${shortIdentity(identity)}.${name}${PART_SUFFIX}`;
}

/**
 * The parts of one job in a storage. What cannot be read, used or written is left out, and said once.
 *
 * @param basis names the files that the job reads
 */
export function openParts(
  storage: PartStorage,
  identity: string,
  basis: string,
  onNote: (text: string) => void,
): Parts {
  let mute = false;
  return (name): Part => {
    const file = partFile(identity, name);
    const label: PartLabel = {identity, name, basis};
    return {
      async load() {
        try {
          const bytes = await storage.read(file);
          return bytes === undefined ? undefined : decodePart(bytes, label);
        } catch (error) {
          onNote(`leaves out its part ${file}: ${reasonOf(error)}`);
          return undefined;
        }
      },
      async save(value) {
        try {
          await storage.write(file, encodePart(value, label));
          mute = false;
        } catch (error) {
          if (!mute) onNote(`cannot keep its part ${file}, and would begin it anew: ${reasonOf(error)}`);
          mute = true;
        }
      },
    };
  };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[\w.]+: /, '');
}
