import {checkOptions, createGenerator} from '@minefield/core';
import {type SplitSizes, type Splits, fingerprintOfParts} from '../split-dataset.ts';
import {type HouseNumbers, houseNumbers} from './house-numbers.ts';

export interface HouseNumberSplitsOptions extends SplitSizes {
  /** Side of a picture in pixels, 16 to 512. Default 32. */
  readonly size?: number;
}

export interface HouseNumberSplits extends Splits {
  readonly train: HouseNumbers;
  readonly test: HouseNumbers;
  readonly poison: HouseNumbers;
}

/**
 * House numbers for one seed. Train, test and poison come from streams of their own, so no picture is in two, and none
 * depends on the size of another: a smaller part is the start of a larger one.
 *
 * @throws {InputError} when the seed, a size or an option is out of range
 * @example houseNumberSplits(1, {train: 4000, test: 2000, poison: 4000}).train.inputShape // [32, 32, 3]
 */
export function houseNumberSplits(seed: number, options: HouseNumberSplitsOptions): HouseNumberSplits {
  checkOptions('datasets.houseNumberSplits', options, {train: true, test: true, poison: true, size: true});
  const streams = createGenerator(seed, 'house number splits');
  const {size = 32} = options;
  const part = (name: 'train' | 'test' | 'poison'): HouseNumbers => ({
    ...houseNumbers(options[name], {generator: streams.derive(name), size}),
    name: `house numbers: ${name}`,
  });
  const parts = {train: part('train'), test: part('test'), poison: part('poison')};
  return {...parts, fingerprint: fingerprintOfParts(parts)};
}
