import {InputError} from '@minefield/core';
import {type ByteSource, invalidFile, withFile} from './mat/byte-source.ts';
import {numberTypes, dataTypes} from './mat/mat-format.ts';
import {type DataTag, type OpenMatrix, openMatrix} from './mat/mat-matrix.ts';
import {type MatVariable, listMatVariables} from './mat/mat-variables.ts';
import {officialNamesake} from './official-files.ts';

export interface ReadSvhnOptions {
  /** Images to read from the beginning of the file. Default: all. */
  readonly first?: number;
  /** Most bytes of pixels to read. Default 2 GiB; the largest official file has 1.63 GB. */
  readonly maximumBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Pictures of house numbers, 32 × 32, and the digit in the middle of each. */
export interface SvhnImages {
  /** `[size, 32, 32, channels]`, row-major: rows, columns, channels. */
  readonly pixels: Uint8Array;
  /** The digit of each image, 0 to 9, `[size]`. */
  readonly labels: Uint8Array;
  /** 3 for red, green and blue; 1 for grey. */
  readonly channels: 1 | 3;
  /** Images read. */
  readonly size: number;
  /** Images in the file. */
  readonly available: number;
}

/** Rows and columns of an image. */
export const SIDE = 32;

const Y_REMEDY = 'give each image its digit, with 10 for the digit 0';

/**
 * Reads a file of SVHN's cropped digits: a MATLAB 5 file of either byte order, compressed or not, with `X` (uint8,
 * `[32, 32, channels, images]`) and `y` (any numeric class, `[images, 1]`, 1 to 9, and 10 for the digit 0).
 *
 * It takes little more memory than the pixels that it returns, and reads no more of `X` than they need. Damage to the
 * rest of a file may go unseen then; `loadSvhn` sees it. The result is whole, or there is an error.
 *
 * @throws {InputError} where the file is of another kind, cut short or damaged, holds other arrays or more than
 *   `maximumBytes`, or fewer than `first` images
 * @throws {Error} where the file cannot be read
 * @example const {pixels, labels} = await readSvhnFile('train_32x32.mat', {first: 1000})
 */
export async function readSvhnFile(path: string, options: ReadSvhnOptions = {}): Promise<SvhnImages> {
  return withFile(path, async (source) => readSvhn(source, await findSvhn(source, options), options));
}

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
  const {first, maximumBytes = 2 ** 31} = options;
  const variables = await listMatVariables(source, officialNamesake(source.name)?.bytes);
  const only = (name: string): MatVariable => {
    const [found, second] = variables.filter((variable) => variable.name === name);
    if (found !== undefined && second === undefined) return found;
    const names = variables.map((variable) => JSON.stringify(variable.name)).join(', ') || 'no arrays';
    throw invalidFile(
      source,
      `one array "${name}"`,
      names,
      'choose a file of cropped digits, such as train_32x32.mat',
    );
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
    const remedy = 'choose a file of cropped digits, such as train_32x32.mat';
    throw invalidFile(source, 'X of size 32×32×3×n or 32×32×1×n', x.dimensions.join('×'), remedy);
  }
  if (!/^(?:double|single|u?int\d+)$/.test(y.className) || y.complex) {
    throw invalidFile(source, 'y of a numeric class', classOf(y), 'save it as double(y)');
  }
  const [height = 0, width = 0] = y.dimensions;
  if (y.dimensions.length !== 2 || Math.min(height, width) !== 1 || Math.max(height, width) !== available) {
    throw invalidFile(source, `y of size ${available}×1`, y.dimensions.join('×'), Y_REMEDY);
  }

  const size = first ?? available;
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new InputError(`svhn.readSvhnFile: expected first to be an integer of at least 1, got ${size}`);
  }
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

/** Reads what `findSvhn` found. */
export async function readSvhn(
  source: ByteSource,
  {x, y, channels, available, size}: SvhnVariables,
  {signal}: ReadSvhnOptions = {},
): Promise<SvhnImages> {
  const whole = size === available;
  signal?.throwIfAborted();
  const labels = await withData(source, y, whole, available, (matrix, tag) =>
    readLabels(source, y, matrix, tag, size),
  );
  const pixels = await withData(source, x, whole, channels * SIDE * SIDE * available, async (matrix, tag) => {
    if (tag.type !== dataTypes.uint8) throw invalidFile(source, 'X stored as bytes', `type ${tag.type}`);
    return readPixels(matrix.take(tag, size * channels * SIDE * SIDE), size, channels, signal);
  });
  return {pixels, labels, channels, size, available};
}

/** Opens the data of an array; where they are used whole, checks that nothing is left and the checksum is right. */
async function withData<T>(
  source: ByteSource,
  {element, name}: MatVariable,
  whole: boolean,
  count: number,
  use: (matrix: OpenMatrix, tag: DataTag) => Promise<T>,
): Promise<T> {
  const matrix = await openMatrix(source, element);
  try {
    const tag = await matrix.readTag();
    const bytes = count * (numberTypes[tag.type]?.bytes ?? Number.NaN);
    if (tag.length !== bytes) {
      throw invalidFile(source, `${count} numbers in ${name}`, `${tag.length} bytes of type ${tag.type}`);
    }
    const result = await use(matrix, tag);
    if (whole) await matrix.finish(tag);
    return result;
  } finally {
    await matrix.close();
  }
}

async function readLabels(
  source: ByteSource,
  {element: {littleEndian}}: MatVariable,
  matrix: OpenMatrix,
  tag: DataTag,
  size: number,
): Promise<Uint8Array> {
  const {bytes, read} = numberTypes[tag.type] ?? {bytes: 0, read: () => Number.NaN};
  const data = new Uint8Array(size * bytes);
  let filled = 0;
  for await (const piece of matrix.take(tag, data.length)) {
    data.set(piece, filled);
    filled += piece.length;
  }
  const view = new DataView(data.buffer);
  return Uint8Array.from({length: size}, (_, image) => {
    const label = read(view, image * bytes, littleEndian);
    if (!Number.isInteger(label) || label < 1 || label > 10) {
      throw invalidFile(source, 'labels 1 to 10', `${label} for image ${image + 1}`, Y_REMEDY);
    }
    return label % 10;
  });
}

async function readPixels(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
  channels: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const imageBytes = SIDE * SIDE * channels;
  const pixels = new Uint8Array(size * imageBytes);
  /** An image that began in an earlier piece. */
  const begun = new Uint8Array(imageBytes);
  let filled = 0;
  let to = 0;
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    let used = 0;
    if (filled > 0) {
      used = Math.min(imageBytes - filled, piece.length);
      begun.set(piece.subarray(0, used), filled);
      filled += used;
      if (filled < imageBytes) continue;
      transposeInto(pixels, to, begun, 0, channels);
      to += imageBytes;
    }
    for (; used + imageBytes <= piece.length; used += imageBytes, to += imageBytes) {
      transposeInto(pixels, to, piece, used, channels);
    }
    begun.set(piece.subarray(used));
    filled = piece.length - used;
  }
  return pixels;
}

/** One image from MATLAB's order, in which rows vary fastest, then columns, then channels, to the reverse. */
function transposeInto(
  pixels: Uint8Array,
  begin: number,
  image: Uint8Array,
  imageBegin: number,
  channels: number,
): void {
  let from = imageBegin;
  for (let channel = 0; channel < channels; channel++) {
    for (let column = 0; column < SIDE; column++) {
      let to = begin + column * channels + channel;
      for (let row = 0; row < SIDE; row++, to += SIDE * channels) pixels[to] = image[from++] ?? 0;
    }
  }
}

function classOf({className, complex}: MatVariable): string {
  return complex ? `complex ${className}` : className;
}
