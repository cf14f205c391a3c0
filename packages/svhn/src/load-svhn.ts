import {checkOptions} from '@minefield/core';
import {createHash} from 'node:crypto';
import {invalidFile, withFile} from './mat/byte-source.ts';
import {hashInto} from './digest.ts';
import {findSvhn} from './find-svhn.ts';
import {type SvhnPart, officialFiles, officialNamesake} from './official-files.ts';
import {type ReadSvhnOptions, readSvhnKeys} from './read-options.ts';
import {readSvhn} from './read-svhn.ts';
import type {SvhnImages} from './svhn-images.ts';

export interface LoadSvhnOptions extends ReadSvhnOptions {
  /** Takes files that are not SVHN's own; what comes of them is no score on SVHN. Default false. */
  readonly allowUnofficial?: boolean;
}

/** Images, and where they are from, for records. */
export interface LoadedSvhn extends SvhnImages {
  /** `official`: the file is byte for byte one of SVHN's. */
  readonly label: 'official' | 'unofficial';
  /** The official file's part; null for an unofficial one. */
  readonly part: SvhnPart | null;
  /** What to call the data: `SVHN train`, or for an unofficial file `SVHN-derived (grey)` or `SVHN-derived (colour)`. */
  readonly name: string;
  /** Digests of the whole file, lower-case hex. */
  readonly md5: string;
  readonly sha256: string;
}

/**
 * Reads a file of SVHN as `readSvhnFile` does, and makes sure that it is one of the official ones, whole and unchanged.
 *
 * @throws {InputError} where it is not, unless `allowUnofficial` is set; and as `readSvhnFile`
 * @example const {pixels, labels, name} = await loadSvhn(svhnPath('train'), {first: 4000})
 */
export async function loadSvhn(path: string, options: LoadSvhnOptions = {}): Promise<LoadedSvhn> {
  checkOptions('svhn.loadSvhn', options, {...readSvhnKeys, allowUnofficial: true});
  const {allowUnofficial = false, signal} = options;
  return withFile(path, async (source) => {
    const found = await findSvhn(source, options);
    const hashes = [createHash('md5'), createHash('sha256')] as const;
    await hashInto(hashes, source, signal);
    const [md5, sha256] = [hashes[0].digest('hex'), hashes[1].digest('hex')];
    const part = officialFiles.find((file) => file.md5 === md5)?.part ?? null;
    if (part === null && !allowUnofficial) {
      const wanted = officialNamesake(path);
      const [expected, remedy] =
        wanted === undefined
          ? ['a file of SVHN', 'choose one, or allow this one with allowUnofficial']
          : [
              `MD5 ${wanted.md5}`,
              'fetch it again (minefield data fetch svhn), or allow it with allowUnofficial',
            ];
      throw invalidFile(source, expected, wanted === undefined ? `another, of MD5 ${md5}` : md5, remedy);
    }
    const derived = `SVHN-derived (${found.channels === 1 ? 'grey' : 'colour'})`;
    return {
      ...(await readSvhn(source, found, options)),
      label: part === null ? 'unofficial' : 'official',
      part,
      name: part === null ? derived : `SVHN ${part}`,
      md5,
      sha256,
    };
  });
}
