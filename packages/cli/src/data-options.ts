import type {SvhnSource} from '@minefield/experiments';
import {Option} from 'commander';

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

export function svhnOf({data, allowUnofficial}: DataFlags): {readonly svhn?: SvhnSource} {
  return data === undefined ? {} : {svhn: {file: data, ...(allowUnofficial && {allowUnofficial})}};
}
