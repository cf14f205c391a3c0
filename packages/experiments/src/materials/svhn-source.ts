/**
 * SVHN's images lie in a file of the user's, whose path is nobody else's business, so no spec and no job names it: a job
 * names the fingerprint of what it drew from it.
 */
import {type Dataset, InputError, createGenerator} from '@minefield/core';
import {splitDataset} from '@minefield/datasets';
import type {DatasetOf} from '@minefield/spec';
import {type LoadedSvhn, loadSvhn, svhnDataset} from '@minefield/svhn';
import type {DataFile} from './data-files.ts';
import type {DataSource} from './data-source.ts';
import {pictureData} from './picture-data.ts';
import {rememberingAll, rememberingLatest} from './remembering.ts';

type Svhn = DatasetOf<'svhn'>;

const MISSING = 'name a file of SVHN images with --data (minefield data fetch svhn gets the official ones)';

/**
 * Images of SVHN from a file.
 *
 * @param file none where nothing will be drawn: specs can be read without
 * @throws {InputError} where the file is damaged, or not one of SVHN's and not allowed all the same
 */
export async function openSvhnSource(file: DataFile): Promise<DataSource<Svhn>> {
  const {path, allowUnofficial = false} = file;
  return svhnSource(await loadSvhn(path, {allowUnofficial}));
}

/** The source before a file is named. */
export const closedSvhnSource: DataSource<Svhn> = {
  file: null,
  missing: MISSING,
  label: null,
  resolve: refuse,
  fingerprint: refuse,
  draw: refuse,
};

function svhnSource(images: LoadedSvhn): DataSource<Svhn> {
  const {label, name, sha256} = images;
  const channels = images.channels === 1 ? 1 : 3;
  const normalized = rememberingLatest((normalization: 'per-channel' | 'per-image'): Dataset =>
    svhnDataset(images, {name, normalization}),
  );
  const splitsOf = rememberingLatest(
    ({train, test, poison, normalization = 'per-channel'}: Svhn, seed: number) =>
      splitDataset(
        normalized(normalization),
        {train, test, poison},
        {generator: createGenerator(seed, 'svhn', 'split')},
      ),
  );
  return {
    file: sha256,
    missing: null,
    label: label === 'official' ? null : `${name}, unofficial`,
    resolve(spec) {
      if (spec.channels === undefined || spec.channels === channels) return {...spec, channels};
      throw new InputError(
        `experiments.svhnSource: expected images of ${spec.channels} channels, as the spec says, got a file of ${channels}; ` +
          'name another file, or leave dataset.channels out of the spec',
      );
    },
    fingerprint: rememberingAll((spec: Svhn, seed: number) => splitsOf(spec, seed).fingerprint),
    draw: (spec, seed) => pictureData(splitsOf(spec, seed)),
  };
}

function refuse(): never {
  throw new InputError(`experiments.svhnSource: expected a file of SVHN images, got none; ${MISSING}`);
}
