import {at} from '@minefield/core';
import {type ByteSource, invalidFile} from './mat/byte-source.ts';
import {type MatVariable, listMatVariables} from './mat/mat-variables.ts';
import {officialNamesake} from './official-files.ts';
import {type ReadSvhnOptions, checkReadOptions} from './read-options.ts';
import {SIDE} from './svhn-images.ts';

/** What to do about wrong labels. */
export const LABELS_REMEDY = 'give each image its digit, with 10 for the digit 0';
const OTHER_FILE = 'choose a file of cropped digits, such as train_32x32.mat';

/** Where the images and labels of a file are, which fit together. */
export interface SvhnVariables {
  readonly x: MatVariable;
  readonly y: MatVariable;
  readonly channels: 1 | 3;
  readonly available: number;
  /** Images to read. */
  readonly size: number;
}

/** Finds the arrays of a file, and judges what their heads say. */
export async function findSvhn(source: ByteSource, options: ReadSvhnOptions = {}): Promise<SvhnVariables> {
  checkReadOptions(options);
  const {first, maximumBytes = 2 ** 31} = options;
  const variables = await listMatVariables(source, officialNamesake(source.name)?.bytes);
  const only = (name: string): MatVariable => {
    const [found, second] = variables.filter((variable) => variable.name === name);
    if (found !== undefined && second === undefined) return found;
    const names = variables.map((variable) => JSON.stringify(variable.name)).join(', ') || 'no arrays';
    throw invalidFile(source, `one array "${name}"`, names, OTHER_FILE);
  };
  const [x, y] = [only('X'), only('y')];

  if (x.className !== 'uint8' || x.complex) {
    throw invalidFile(source, 'X of class uint8', classOf(x), 'save it as uint8(X)');
  }
  // MATLAB leaves out dimensions of length 1 at the end.
  const [rows, columns, channels = 1, available = 1, ...more] = x.dimensions;
  if (
    rows !== SIDE ||
    columns !== SIDE ||
    (channels !== 1 && channels !== 3) ||
    available < 1 ||
    more.length > 0
  ) {
    throw invalidFile(source, 'X of size 32×32×3×n or 32×32×1×n', x.dimensions.join('×'), OTHER_FILE);
  }
  if (!/^(?:double|single|u?int\d+)$/.test(y.className) || y.complex) {
    throw invalidFile(source, 'y of a numeric class', classOf(y), 'save it as double(y)');
  }
  const [height, width] = [at(y.dimensions, 0), at(y.dimensions, 1)];
  if (y.dimensions.length !== 2 || Math.min(height, width) !== 1 || Math.max(height, width) !== available) {
    throw invalidFile(source, `y of size ${available}×1`, y.dimensions.join('×'), LABELS_REMEDY);
  }

  const size = first ?? available;
  if (size > available) {
    throw invalidFile(
      source,
      `at least ${size} images`,
      `${available}`,
      'ask for fewer, or choose another file',
    );
  }
  const bytes = size * SIDE * SIDE * channels;
  if (bytes > maximumBytes) {
    const remedy = 'ask for fewer images (first), or raise maximumBytes';
    throw invalidFile(source, `at most ${maximumBytes} bytes of pixels`, `${bytes}`, remedy);
  }
  return {x, y, channels, available, size};
}

function classOf({className, complex}: MatVariable): string {
  return complex ? `complex ${className}` : className;
}
