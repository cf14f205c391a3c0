import type {CancelSignal} from '@minefield/core';
import {LABELS_REMEDY, type SvhnVariables} from './find-svhn.ts';
import {type ByteSource, invalidFile} from './mat/byte-source.ts';
import {type NumberType, dataTypes, numberTypes} from './mat/mat-format.ts';
import {type DataTag, type OpenMatrix, openMatrix} from './mat/mat-matrix.ts';
import type {MatVariable} from './mat/mat-variables.ts';
import type {ReadSvhnOptions} from './read-options.ts';
import {SIDE, type SvhnImages} from './svhn-images.ts';

/** Reads what `findSvhn` found. */
export async function readSvhn(
  source: ByteSource,
  {x, y, channels, available, size}: SvhnVariables,
  {signal}: ReadSvhnOptions = {},
): Promise<SvhnImages> {
  const whole = size === available;
  signal?.throwIfAborted();
  const labels = await withData(source, y, whole, available, (matrix, tag, numbers) =>
    readLabels(source, y, matrix, tag, numbers, size),
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
  use: (matrix: OpenMatrix, tag: DataTag, numbers: NumberType) => Promise<T>,
): Promise<T> {
  const matrix = await openMatrix(source, element);
  try {
    const tag = await matrix.readTag();
    const numbers = numberTypes[tag.type];
    if (numbers === undefined || tag.length !== count * numbers.bytes) {
      throw invalidFile(source, `${count} numbers in ${name}`, `${tag.length} bytes of type ${tag.type}`);
    }
    const result = await use(matrix, tag, numbers);
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
  {bytes, read}: NumberType,
  size: number,
): Promise<Uint8Array> {
  // Refused here where they are not there, before they are given room.
  const pieces = matrix.take(tag, size * bytes);
  const data = new Uint8Array(size * bytes);
  let filled = 0;
  for await (const piece of pieces) {
    data.set(piece, filled);
    filled += piece.length;
  }
  const view = new DataView(data.buffer);
  return Uint8Array.from({length: size}, (_, image) => {
    const label = read(view, image * bytes, littleEndian);
    if (!Number.isInteger(label) || label < 1 || label > 10) {
      throw invalidFile(source, 'labels 1 to 10', `${label} for image ${image + 1}`, LABELS_REMEDY);
    }
    return label % 10;
  });
}

async function readPixels(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
  channels: number,
  signal: CancelSignal | undefined,
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
