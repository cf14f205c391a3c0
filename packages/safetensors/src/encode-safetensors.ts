import {SafetensorsError} from './safetensors-error.ts';

/** Part of the Encoding standard that Node and browsers share. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** A named array, written as F32 or F64. */
export interface NamedTensor<A extends Float32Array | Float64Array = Float32Array> {
  readonly name: string;
  /** Row-major; `[]` for a scalar. */
  readonly shape: readonly number[];
  readonly data: A;
}

/**
 * Writes the safetensors format: eight bytes of header length (little-endian), a JSON header padded with spaces so that
 * the data start on a multiple of eight, and the data. Tensors and metadata are sorted by name, those of F64 before those
 * of F32 so that all are aligned: equal contents give equal bytes.
 *
 * @param metadata free text, such as a licence or the identity of a run
 * @throws {SafetensorsError} on duplicate or reserved names, arrays and metadata of other types, and where a shape does not
 * hold as many entries as its data
 * @example encodeSafetensors([{name: 'theta', shape: [2], data: Float32Array.of(1, 2)}], {seed: '1'})
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor<Float32Array | Float64Array>[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const sorted = tensors.toSorted(
    (a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || compare(a.name, b.name),
  );
  const json = new TextEncoder().encode(headerOf(sorted, metadata));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const dataLength = sorted.reduce((sum, {data}) => sum + data.byteLength, 0);
  const bytes = new Uint8Array(8 + headerLength + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(json, 8);
  let offset = 8 + headerLength;
  for (const {data} of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

function headerOf(
  tensors: readonly NamedTensor<Float32Array | Float64Array>[],
  metadata: Readonly<Record<string, string>>,
): string {
  const texts = Object.entries(metadata).toSorted(([a], [b]) => compare(a, b));
  const fields = texts.map(([key, text]) => {
    if (typeof text === 'string') return `${JSON.stringify(key)}:${JSON.stringify(text)}`;
    throw refused(`text as "${key}" of the metadata`, String(text), 'write it as text');
  });
  const entries = fields.length > 0 ? [`"__metadata__":{${fields.join(',')}}`] : [];
  const names = new Set<string>();
  let end = 0;
  for (const tensor of tensors) {
    check(tensor, names);
    const {name, shape, data} = tensor;
    const begin = end;
    end += data.byteLength;
    entries.push(
      `${JSON.stringify(name)}:{"dtype":"F${8 * data.BYTES_PER_ELEMENT}","shape":[${shape}],"data_offsets":[${begin},${end}]}`,
    );
  }
  return `{${entries.join(',')}}`;
}

/** @param names those of the tensors before, to which this one's is added */
function check({name, shape, data}: NamedTensor<Float32Array | Float64Array>, names: Set<string>): void {
  if (name === '__metadata__' || names.has(name)) {
    throw refused('unique, unreserved names', `"${name}"`, 'rename one of them');
  }
  names.add(name);
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    const got = Object.prototype.toString.call(data).slice(8, -1);
    throw refused(`a Float32Array or Float64Array for "${name}"`, got, 'make one of it');
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0) || size !== data.length) {
    const got = `[${shape}] for "${name}"`;
    throw refused(`a shape of ${data.length} entries`, got, 'give the shape of its data');
  }
}

function refused(expected: string, got: string, remedy: string): SafetensorsError {
  return new SafetensorsError(`safetensors.encodeSafetensors: expected ${expected}, got ${got}; ${remedy}`);
}

/** Order of UTF-16 code units: the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
