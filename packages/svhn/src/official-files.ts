import {at, checkWord} from '@minefield/core';
import {basename} from 'node:path';

/** The parts of SVHN; `extra` are easier digits. */
export type SvhnPart = 'train' | 'test' | 'extra';

export interface OfficialFile {
  readonly part: SvhnPart;
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly md5: string;
  readonly images: number;
}

/** The cropped digits ("format 2") of http://ufldl.stanford.edu/housenumbers/, whose files have not changed since 2011. */
export const officialFiles: readonly OfficialFile[] = [
  {
    part: 'train',
    name: 'train_32x32.mat',
    bytes: 182_040_794,
    md5: 'e26dedcc434d2e4c54c9b2d4a06d8373',
    images: 73_257,
  },
  {
    part: 'test',
    name: 'test_32x32.mat',
    bytes: 64_275_384,
    md5: 'eb5a983be6a315427106f1b164d9cef3',
    images: 26_032,
  },
  {
    part: 'extra',
    name: 'extra_32x32.mat',
    bytes: 1_329_278_602,
    md5: 'a93ce644f1a588dc4d68dda5feec44a7',
    images: 531_131,
  },
];

/** The official file that a path is named after, `copy of train_32x32.mat` too. */
export function officialNamesake(path: string): OfficialFile | undefined {
  return officialFiles.find(({name}) => basename(path).includes(name.replace(/[.]mat$/, '')));
}

/**
 * @param caller `package.function`, as errors name it
 * @throws {InputError} for a part that SVHN does not have
 */
export function officialFile(part: SvhnPart, caller: string): OfficialFile {
  const parts = officialFiles.map((file) => file.part);
  checkWord(caller, 'a part', part, parts);
  return at(officialFiles, parts.indexOf(part));
}
