import {type ByteSource, bytesOf, invalidFile} from './byte-source.ts';
import {inflated} from './inflated.ts';
import {TAG_BYTES, classNames, dataTypes} from './mat-format.ts';
import {sequentialReader} from './sequential-reader.ts';

/** Where an element of a file lies: its bytes after the tag. */
export interface MatElement {
  readonly begin: number;
  readonly end: number;
  readonly compressed: boolean;
  /** Byte order of the file. */
  readonly littleEndian: boolean;
}

/** What stands before the data of an array. */
export interface MatrixHead {
  readonly name: string;
  readonly className: string;
  readonly complex: boolean;
  readonly dimensions: readonly number[];
}

/** An array whose head has been read, and whose data come next. */
export interface OpenMatrix {
  /** Null for an object, whose layout is another, and which no name can be told of. */
  readonly head: MatrixHead | null;
  /** Reads the tag of the next element within the array. */
  readTag(): Promise<DataTag>;
  /** The data of that element in pieces, the first so many of its bytes. Throws at once where the array cannot hold them. */
  take(tag: DataTag, length: number): AsyncGenerator<Uint8Array>;
  /** Checks that nothing follows the data but padding, the checksum of compressed data with it. */
  finish(tag: DataTag): Promise<void>;
  close(): Promise<void>;
}

export interface DataTag {
  readonly type: number;
  /** Bytes of data. */
  readonly length: number;
  /** A small element's data, which stand in its tag. */
  readonly small: Uint8Array | null;
}

const COMPLEX = 0x0800;
const OPAQUE = 17;

/** More than any file of MATLAB's has: names have up to 63 bytes, arrays of images 4 dimensions. */
const MOST_NAME_BYTES = 256;
const MOST_DIMENSIONS = 32;

/** Deflate makes at most 258 bytes of 2 bits. */
const MOST_INFLATION = 1032;

/**
 * Opens an element that is an array and reads its head. The caller closes it.
 *
 * @throws {InputError} where the bytes are not those of an array
 */
export async function openMatrix(source: ByteSource, element: MatElement): Promise<OpenMatrix> {
  const {begin, end, compressed, littleEndian} = element;
  const damaged = (expected: string, got: string): RangeError => invalidFile(source, expected, got);
  const bytes = bytesOf(source, begin, end);
  const reader = sequentialReader(
    compressed ? inflated(bytes, (reason) => damaged('data that can be inflated', reason)) : bytes,
    () => damaged('a whole array', 'one that ends early'),
  );
  /** Bytes of the array that are yet to be read. */
  let left = end - begin;

  function spend(length: number): void {
    if (length > left) throw damaged(`at most ${left} bytes for a part of an array`, `${length}`);
    left -= length;
  }

  async function readTag(): Promise<DataTag> {
    spend(TAG_BYTES);
    return parseTag(await reader.read(TAG_BYTES), littleEndian);
  }

  /** The data of a short element of this type, with its padding. */
  async function readPart(what: string, types: readonly number[], mostBytes: number): Promise<DataView> {
    const tag = await readTag();
    if (!types.includes(tag.type) || tag.length > mostBytes) {
      throw damaged(`${what} of an array`, `${tag.length} bytes of type ${tag.type}`);
    }
    if (tag.small !== null) return viewOf(tag.small);
    const padded = tag.length + padding(tag);
    spend(padded);
    return viewOf((await reader.read(padded)).subarray(0, tag.length));
  }

  async function readHead(): Promise<MatrixHead | null> {
    const flags = await readPart('8 bytes of flags', [dataTypes.uint32], 8);
    if (flags.byteLength !== 8) throw damaged('8 bytes of flags of an array', `${flags.byteLength}`);
    const word = flags.getUint32(0, littleEndian);
    const className = classNames[word & 0xff];
    if (className === undefined) throw damaged('a class of MATLAB’s', `class ${word & 0xff}`);
    if ((word & 0xff) === OPAQUE) return null;
    const shape = await readPart('dimensions', [dataTypes.int32], 4 * MOST_DIMENSIONS);
    const dimensions = Array.from({length: shape.byteLength / 4}, (_, i) =>
      shape.getInt32(4 * i, littleEndian),
    );
    if (dimensions.length < 2 || dimensions.some((length) => length < 0)) {
      throw damaged('two dimensions or more, each at least 0', `[${dimensions}]`);
    }
    const letters = await readPart('a name', [dataTypes.int8, dataTypes.uint8], MOST_NAME_BYTES);
    const name = String.fromCharCode(
      ...new Uint8Array(letters.buffer, letters.byteOffset, letters.byteLength),
    );
    return {name, className, complex: (word & COMPLEX) !== 0, dimensions};
  }

  function take({small, length: whole}: DataTag, length: number): AsyncGenerator<Uint8Array> {
    if (small !== null) return alone(small.subarray(0, length));
    spend(whole);
    return reader.take(length);
  }

  async function finish(tag: DataTag): Promise<void> {
    const rest = Math.min(left, tag.small === null ? padding(tag) : 0);
    spend(rest);
    await reader.read(rest);
    if (left > 0 || !(await reader.atEnd())) throw damaged('an array to end with its data', 'more bytes');
  }

  try {
    if (compressed) {
      const tag = parseTag(await reader.read(TAG_BYTES), littleEndian);
      if (tag.type !== dataTypes.matrix || tag.small !== null) {
        throw damaged('a compressed array', `an element of type ${tag.type}`);
      }
      if (tag.length > MOST_INFLATION * left) {
        throw damaged(`at most ${MOST_INFLATION * left} bytes in ${left} compressed ones`, `${tag.length}`);
      }
      left = tag.length;
    }
    return {head: await readHead(), readTag, take, finish, close: () => reader.close()};
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function* alone(piece: Uint8Array): AsyncGenerator<Uint8Array> {
  yield piece;
}

/** A tag is a type and a length; where the upper half of the type is not 0, it is the length and data of 4 bytes follow. */
export function parseTag(bytes: Uint8Array, littleEndian: boolean): DataTag {
  const view = viewOf(bytes);
  const word = view.getUint32(0, littleEndian);
  const smallLength = word >>> 16;
  if (smallLength === 0) return {type: word, length: view.getUint32(4, littleEndian), small: null};
  // A length above 4 is none; the type 0 that stands for it is of no element.
  if (smallLength > 4) return {type: 0, length: smallLength, small: bytes.subarray(4)};
  return {type: word & 0xffff, length: smallLength, small: bytes.subarray(4, 4 + smallLength)};
}

function padding({length}: DataTag): number {
  return (TAG_BYTES - (length % TAG_BYTES)) % TAG_BYTES;
}

function viewOf({buffer, byteOffset, byteLength}: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
