import type {DataFiles} from '@minefield/experiments';
import type {DatasetSpec} from '@minefield/spec';
import {Option} from 'commander';
import {UsageError} from './usage-error.ts';

export interface DataFlags {
  readonly data?: string;
  readonly allowUnofficial?: true;
}

export function dataOption(): Option {
  return new Option('--data <file>', 'a .mat file of SVHN images, for experiments on them');
}

export function allowUnofficialOption(): Option {
  return new Option('--allow-unofficial', 'with --data: take a file that is not SVHN’s own; records say so');
}

/** Data sets that read a file which the user names. */
const READ_FROM_FILES: readonly DatasetSpec['name'][] = ['svhn'];

/**
 * The file that the flags name, for the data set that reads one.
 *
 * @param dataset that of the experiment; SVHN's where none is known yet
 * @throws {UsageError} where a file is allowed that is not named, or named for data that are drawn
 */
export function dataFilesOf(
  {data, allowUnofficial}: DataFlags,
  dataset: DatasetSpec['name'] = 'svhn',
): DataFiles {
  if (data === undefined) {
    if (!allowUnofficial) return {};
    throw new UsageError('--allow-unofficial is for a file that --data names; name one, or leave it out');
  }
  if (READ_FROM_FILES.includes(dataset)) {
    return {[dataset]: {path: data, ...(allowUnofficial && {allowUnofficial})}};
  }
  throw new UsageError(
    `--data is for experiments on ${READ_FROM_FILES.join(', ')}, and ${dataset} is drawn; leave it out`,
  );
}
