/**
 * The SVHN images that this process works on. They lie in a file of the user's, whose path is nobody else's business, so
 * no spec and no job names it: a job names the fingerprint of what it drew from it.
 */
import {createGenerator, InputError} from '@minefield/core';
import {type Dataset, type Splits, splitDataset} from '@minefield/datasets';
import {type LoadedSvhn, loadSvhn, svhnDataset} from '@minefield/svhn';
import type {ExperimentSpec, SvhnSpec} from './spec.ts';

export interface SvhnSource {
  /** A MATLAB file as SVHN has them. */
  readonly file: string;
  /** Takes files that are not SVHN's own; their records say so. */
  readonly allowUnofficial?: boolean;
}

interface Opened {
  readonly key: string;
  readonly images: LoadedSvhn;
}

let opened: Opened | undefined;
let normalized: {readonly key: string; readonly dataset: Dataset} | undefined;
let latest: {readonly key: string; readonly splits: Splits} | undefined;

/**
 * Reads the file that {@link svhnSplits} draws from; once is enough for a process.
 *
 * @throws {InputError} where the file is damaged, or not one of SVHN's and not allowed all the same
 */
export async function openSvhn({file, allowUnofficial = false}: SvhnSource): Promise<void> {
  const key = JSON.stringify([file, allowUnofficial]);
  if (opened?.key === key) return;
  opened = {key, images: await loadSvhn(file, {allowUnofficial})};
  [normalized, latest] = [undefined, undefined];
}

/**
 * The spec with what the opened file decides: how many channels images have. Other specs are returned as they are.
 *
 * @throws {InputError} where the spec says how many, and the file has another number
 */
export function settledSpec(spec: ExperimentSpec): ExperimentSpec {
  const {dataset} = spec;
  if (dataset.name !== 'svhn') return spec;
  const channels = source().images.channels === 1 ? 1 : 3;
  if (dataset.channels !== undefined && dataset.channels !== channels) {
    throw new InputError(
      `experiments.settledSpec: expected images of ${dataset.channels} channels, as the spec says, got a file of ${channels}; ` +
        'name another file, or leave dataset.channels out of the spec',
    );
  }
  return {...spec, dataset: {...dataset, channels}};
}

/** Train, test and poison of one seed, which share no image. @throws {InputError} where no file was opened, or it has too few */
export function svhnSplits(spec: SvhnSpec, seed: number): Splits {
  const {train, test, poison, normalization = 'per-channel'} = spec;
  const wanted = JSON.stringify([source().key, train, test, poison, normalization, seed]);
  if (latest?.key !== wanted) {
    const splits = splitDataset(
      datasetOf(normalization),
      {train, test, poison},
      createGenerator(seed, 'svhn', 'split'),
    );
    latest = {key: wanted, splits};
  }
  return latest.splits;
}

/** SHA-256 of the file that was opened, lower-case hex; null where none was. */
export function svhnFile(): string | null {
  return opened?.images.sha256 ?? null;
}

/** What readers of a record must know of the data: `SVHN-derived (grey), unofficial`; null for an official file. */
export function svhnLabel(): string | null {
  const {label, name} = source().images;
  return label === 'official' ? null : `${name}, unofficial`;
}

function datasetOf(normalization: 'per-channel' | 'per-image'): Dataset {
  const {key, images} = source();
  const wanted = JSON.stringify([key, normalization]);
  if (normalized?.key !== wanted) {
    normalized = {key: wanted, dataset: svhnDataset(images, {name: images.name, normalization})};
  }
  return normalized.dataset;
}

function source(): Opened {
  if (opened === undefined) {
    throw new InputError(
      'experiments.svhnSplits: expected a file of SVHN images, got none; name one with --data (minefield data fetch svhn gets the official ones)',
    );
  }
  return opened;
}
