import {type CancelSignal, InputError, type OptionKeys} from '@minefield/core';

export interface ReadSvhnOptions {
  /** Images to read from the beginning of the file. Default: all. */
  readonly first?: number;
  /** Most bytes of pixels to read. Default 2 GiB; the largest official file has 1.63 GB. */
  readonly maximumBytes?: number;
  readonly signal?: CancelSignal | undefined;
}

export const readSvhnKeys: OptionKeys<ReadSvhnOptions> = {first: true, maximumBytes: true, signal: true};

/** @throws {InputError} where `first` is no count, or `maximumBytes` no number */
export function checkReadOptions({first = 1, maximumBytes = 0}: ReadSvhnOptions): void {
  if (!Number.isSafeInteger(first) || first < 1) {
    throw new InputError(
      `svhn.readSvhnFile: expected first to be an integer of at least 1, got ${first}; leave it out for all`,
    );
  }
  if (!(maximumBytes >= 0)) {
    throw new InputError(
      `svhn.readSvhnFile: expected maximumBytes to be a number of at least 0, got ${maximumBytes}; leave it out for 2 GiB`,
    );
  }
}
