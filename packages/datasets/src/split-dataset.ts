import {
  type Dataset,
  type Generator,
  InputError,
  checkOptions,
  datasetFingerprint,
  fingerprint,
} from '@minefield/core';
import {checkGenerator} from './check-generator.ts';
import {selectExamples} from './select-examples.ts';

export interface SplitSizes {
  readonly train: number;
  readonly test: number;
  readonly poison: number;
}

/** Three parts of one data set that share no example. */
export interface SplitOptions {
  /** Where the order of the examples comes from. */
  readonly generator: Generator;
}

export interface Splits {
  readonly train: Dataset;
  readonly test: Dataset;
  readonly poison: Dataset;
  /** SHA-256 of the three, lower-case hex. */
  readonly fingerprint: string;
}

/**
 * Shuffles a data set and cuts it into train, test and poison: consecutive stretches of one permutation, so no example
 * can be in two. What is left over is left out.
 *
 * @throws {InputError} when a size is no integer >= 0, or they add up to more than there is
 * @example splitDataset(regularSpirals(), {train: 132, test: 134, poison: 134}, {generator: createGenerator(1, 'split')})
 */
export function splitDataset(dataset: Dataset, sizes: SplitSizes, options: SplitOptions): Splits {
  checkOptions('datasets.splitDataset', sizes, {train: true, test: true, poison: true});
  checkOptions('datasets.splitDataset', options, {generator: true});
  checkGenerator('splitDataset', options.generator);
  const {train, test, poison} = sizes;
  const total = train + test + poison;
  if (
    ![train, test, poison].every((size) => Number.isSafeInteger(size) && size >= 0) ||
    total > dataset.size
  ) {
    throw new InputError(
      `datasets.splitDataset: expected sizes >= 0 of at most ${dataset.size} in all, got ${train} + ${test} + ${poison}; ask for fewer`,
    );
  }
  const order = options.generator.permutation(dataset.size);
  const part = (name: string, begin: number, end: number): Dataset =>
    selectExamples(dataset, order.subarray(begin, end), `${dataset.name}: ${name}`);
  const parts = {
    train: part('train', 0, train),
    test: part('test', train, train + test),
    poison: part('poison', train + test, total),
  };
  return {...parts, fingerprint: fingerprintOfParts(parts)};
}

/** Fingerprint of train, test and poison together. */
export function fingerprintOfParts({train, test, poison}: Omit<Splits, 'fingerprint'>): string {
  return fingerprint('splits', ...[train, test, poison].map(datasetFingerprint));
}
