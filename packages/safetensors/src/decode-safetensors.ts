import {singleBitsFromBrain, singleFromHalf} from './half-precision.ts';
import {SafetensorsError, invalid} from './safetensors-error.ts';
import {type SafetensorsType, parseSafetensorsHeader} from './safetensors-header.ts';

/**
 * A tensor as it was read, without loss: F16 and BF16 widened to single precision, whole numbers of 8 and 16 bits to 32, and
 * U32 to 64; the others as they are.
 */
export interface DecodedTensor {
  readonly name: string;
  /** Type in the file. */
  readonly dtype: SafetensorsType;
  /** Row-major; `[]` for a scalar. */
  readonly shape: readonly number[];
  readonly data: TensorData;
}

type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array;

export interface DecodedSafetensors {
  /** In the order of their data. */
  readonly tensors: readonly DecodedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a file of unknown origin may ask for. */
export interface SafetensorsLimits {
  /** Longest header in bytes. Default: 100,000,000, as in the reference implementation. */
  readonly headerBytes?: number;
  /** Default: 65,536. */
  readonly tensors?: number;
}

/** Part of the Encoding standard that Node and browsers share. */
declare class TextDecoder {
  constructor(label: 'utf-8', options: {readonly fatal: boolean; readonly ignoreBOM: boolean});
  decode(bytes: Uint8Array): string;
}

/**
 * Reads the safetensors format. Nothing is allocated for a tensor before the whole header has been found consistent
 * with itself and with the length of the file, and nothing of a header that goes beyond the limits, or beyond 64
 * dimensions or 65,536 texts of metadata. It takes time in proportion to the length. The arrays are copies.
 *
 * @throws {SafetensorsError} naming the first thing that is wrong
 * @example decodeSafetensors(bytes).tensors.find(({name}) => name === 'theta')?.data
 * @see https://github.com/huggingface/safetensors#format
 */
export function decodeSafetensors(bytes: Uint8Array, limits: SafetensorsLimits = {}): DecodedSafetensors {
  if (!(bytes instanceof Uint8Array)) {
    throw misused('a Uint8Array', Object.prototype.toString.call(bytes).slice(8, -1), 'make one of it');
  }
  const {headerBytes = 100_000_000, tensors: maximumTensors = 65_536, ...unknown} = limits;
  const [stray] = Object.keys(unknown);
  if (stray !== undefined) throw misused('limits among headerBytes, tensors', `"${stray}"`, 'leave it out');
  for (const [name, limit] of Object.entries({headerBytes, tensors: maximumTensors})) {
    if (!(limit >= 0)) throw misused(`${name} to be a number of at least 0`, `${limit}`, 'give one');
  }
  if (bytes.length < 8) throw invalid('at least 8 bytes', `${bytes.length}`);
  const announced = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  const most = Math.min(headerBytes, bytes.length - 8);
  if (announced > BigInt(most)) throw invalid(`a header of at most ${most} bytes`, `${announced}`);
  const start = 8 + Number(announced);
  const {entries, metadata} = parseSafetensorsHeader(
    headerText(bytes.subarray(8, start)),
    bytes.length - start,
    maximumTensors,
  );
  const tensors = entries.map(({name, dtype, shape, begin, end}) => ({
    name,
    dtype,
    shape,
    data: decodeData(dtype, new Uint8Array(bytes.subarray(start + begin, start + end)).buffer),
  }));
  return {tensors, metadata};
}

/** An error about what the function was called with; those about the bytes are `invalid`. */
function misused(expected: string, got: string, remedy: string): SafetensorsError {
  return new SafetensorsError(`safetensors.decodeSafetensors: expected ${expected}, got ${got}; ${remedy}`);
}

function headerText(bytes: Uint8Array): string {
  if (bytes[0] !== 0x7b) throw invalid('a header that begins with "{"', `byte ${bytes[0] ?? 'none'}`);
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw invalid('a header in UTF-8', 'other bytes');
  }
}

function decodeData(dtype: SafetensorsType, buffer: ArrayBuffer): TensorData {
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return new Float64Array(buffer);
    case 'I64':
      return new BigInt64Array(buffer);
    case 'I32':
      return new Int32Array(buffer);
    case 'I8':
      return Int32Array.from(new Int8Array(buffer));
    case 'U8':
      return Int32Array.from(new Uint8Array(buffer));
    case 'I16':
      return Int32Array.from(new Int16Array(buffer));
    case 'U16':
      return Int32Array.from(new Uint16Array(buffer));
    case 'U32':
      return BigInt64Array.from(new Uint32Array(buffer), BigInt);
    case 'F16':
      return Float32Array.from(new Uint16Array(buffer), singleFromHalf);
    case 'BF16':
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), singleBitsFromBrain).buffer);
  }
}
