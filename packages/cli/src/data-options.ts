import type {SvhnSource} from '@minefield/experiments';
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

/** @throws {UsageError} where a file is allowed that is not named */
export function svhnOf({data, allowUnofficial}: DataFlags): {readonly svhn?: SvhnSource} {
  if (data === undefined && allowUnofficial) {
    throw new UsageError('--allow-unofficial is for a file that --data names; name one, or leave it out');
  }
  return data === undefined ? {} : {svhn: {file: data, ...(allowUnofficial && {allowUnofficial})}};
}
