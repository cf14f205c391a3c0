/** Writes MATLAB 5 files for tests: of either byte order, compressed or not, and with whatever is wrong. */
import {deflateSync} from 'node:zlib';

export interface MatWriterOptions {
  readonly littleEndian?: boolean;
  readonly compressed?: boolean;
}

export interface MatArray {
  readonly name: string;
  /** Number of the class: 6 double, 9 uint8. */
  readonly classNumber: number;
  readonly dimensions: readonly number[];
  /** Number of the data type that the data are stored as: 2 uint8, 9 double. */
  readonly dataType: number;
  /** In the byte order of the file. */
  readonly data: Uint8Array;
}

/** A whole file with these arrays. */
export function matFile(arrays: readonly MatArray[], options: MatWriterOptions = {}): Uint8Array {
  return concatenated([matHeader(options), ...arrays.map((array) => matElement(array, options))]);
}

/** `X` and `y` for these pixels, in MATLAB's order, and labels 1 to 10. */
export function svhnArrays(
  pixels: Uint8Array,
  channels: number,
  labels: readonly number[],
  {littleEndian = true}: MatWriterOptions = {},
): MatArray[] {
  const doubles = new DataView(new ArrayBuffer(8 * labels.length));
  labels.forEach((label, i) => doubles.setFloat64(8 * i, label, littleEndian));
  const size = labels.length;
  return [
    {name: 'X', classNumber: 9, dimensions: [32, 32, channels, size], dataType: 2, data: pixels},
    {name: 'y', classNumber: 6, dimensions: [size, 1], dataType: 9, data: new Uint8Array(doubles.buffer)},
  ];
}

export function matHeader({littleEndian = true}: MatWriterOptions = {}): Uint8Array {
  const bytes = new Uint8Array(128).fill(32);
  bytes.set(new TextEncoder().encode('MATLAB 5.0 MAT-file, written by a test'));
  const view = new DataView(bytes.buffer);
  view.setUint16(124, 0x0100, littleEndian);
  view.setUint16(126, 0x4d49, littleEndian);
  return bytes;
}

export function matElement(array: MatArray, options: MatWriterOptions = {}): Uint8Array {
  const {littleEndian = true, compressed = false} = options;
  const head = matrixHead(array, options);
  const body = concatenated([head, array.data, new Uint8Array(-array.data.length & 7)]);
  const element = concatenated([tag(14, body.length, littleEndian), body]);
  if (!compressed) return element;
  const deflated = deflateSync(element);
  return concatenated([tag(15, deflated.length, littleEndian), deflated]);
}

/** What stands between the tag of an array and its data, the tag of the data with it. */
export function matrixHead(
  {name, classNumber, dimensions, dataType, data}: Omit<MatArray, 'data'> & {readonly data: {length: number}},
  {littleEndian = true}: MatWriterOptions = {},
): Uint8Array {
  const shape = new DataView(new ArrayBuffer(4 * dimensions.length));
  dimensions.forEach((length, i) => shape.setInt32(4 * i, length, littleEndian));
  const flags = new DataView(new ArrayBuffer(8));
  flags.setUint32(0, classNumber, littleEndian);
  return concatenated([
    part(6, new Uint8Array(flags.buffer), littleEndian),
    part(5, new Uint8Array(shape.buffer), littleEndian),
    part(1, new TextEncoder().encode(name), littleEndian),
    tag(dataType, data.length, littleEndian),
  ]);
}

export function tag(type: number, length: number, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, type, littleEndian);
  view.setUint32(4, length, littleEndian);
  return new Uint8Array(view.buffer);
}

/** An element within an array: small where it fits into 4 bytes. */
function part(type: number, data: Uint8Array, littleEndian: boolean): Uint8Array {
  if (data.length > 4) {
    return concatenated([tag(type, data.length, littleEndian), data, new Uint8Array(-data.length & 7)]);
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, (data.length << 16) | type, littleEndian);
  bytes.set(data, 4);
  return bytes;
}

export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let filled = 0;
  for (const one of parts) {
    bytes.set(one, filled);
    filled += one.length;
  }
  return bytes;
}
