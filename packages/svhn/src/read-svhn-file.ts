import {checkOptions} from '@minefield/core';
import {findSvhn} from './find-svhn.ts';
import {withFile} from './mat/byte-source.ts';
import {type ReadSvhnOptions, readSvhnKeys} from './read-options.ts';
import {readSvhn} from './read-svhn.ts';
import type {SvhnImages} from './svhn-images.ts';

/**
 * Reads a file of SVHN's cropped digits: a MATLAB 5 file of either byte order, compressed or not, with `X` (uint8,
 * `[32, 32, channels, images]`) and `y` (any numeric class, `[images, 1]`, 1 to 9, and 10 for the digit 0).
 *
 * It takes little more memory than the pixels that it returns, and reads no more of `X` than they need. Damage to the
 * rest of a file may go unseen then; `loadSvhn` sees it. The result is whole, or there is an error.
 *
 * @throws {InputError} where the file cannot be read, is of another kind, cut short or damaged, holds other arrays or more than
 *   `maximumBytes`, or fewer than `first` images
 * @example const {pixels, labels} = await readSvhnFile('train_32x32.mat', {first: 1000})
 */
export async function readSvhnFile(path: string, options: ReadSvhnOptions = {}): Promise<SvhnImages> {
  checkOptions('svhn.readSvhnFile', options, readSvhnKeys);
  return withFile(path, async (source) => readSvhn(source, await findSvhn(source, options), options));
}
