/** Tensors as a model holds them: TensorProto. */
import {
  type Field,
  WIRE,
  bytesIn,
  fieldsNumbered,
  integerIn,
  integersIn,
  readFields,
  textIn,
} from '../protobuf/read-fields.ts';
import {type Place, invalid, onOneLine, quoted, within} from '../protobuf/place.ts';

/** The types of numbers that matter here, by their numbers in the format. */
const FLOAT = 1;
export const DOUBLE = 11;
/** Of half precision. */
export const HALVES: readonly number[] = [10, 16];

/** Fields of TensorProto. */
const TENSOR = {
  dims: 1,
  type: 2,
  segment: 3,
  floats: 4,
  name: 8,
  raw: 9,
  doubles: 10,
  external: 13,
  location: 14,
};

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of entries. */
  readonly size: number;
  readonly type: number;
  readonly fields: readonly Field[];
  readonly place: Place;
  /** Where its numbers are, if not in the model. */
  readonly external: ExternalData | undefined;
}

/** A stretch of a file beside the model. */
export interface ExternalData {
  /** As the model has it. */
  readonly location: string;
  readonly offset: number;
  /** Bytes; to the end of the file where absent. */
  readonly length: number | undefined;
}

/** Most axes of a tensor, and most entries. */
const [MOST_AXES, MOST_ENTRIES] = [16, 2 ** 28];

/** Whether it is of half precision, in which a parameter moves in steps. */
export function isHalf({type}: Tensor): boolean {
  return HALVES.includes(type);
}

/** Whether it holds float32 or float64. */
export function isFloat({type}: Tensor): boolean {
  return type === FLOAT || type === DOUBLE;
}

/** @throws {InputError} where it says too much, or in pieces */
export function readTensor(message: Uint8Array, place: Place): Tensor {
  const fields = readFields(message, place);
  const shape = integersIn(fields, TENSOR.dims, within(place, 'dims'));
  if (shape.length > MOST_AXES || shape.some((length) => length < 0)) {
    throw invalid(within(place, 'dims'), `up to ${MOST_AXES} lengths from 0`, `[${onOneLine(shape.join())}]`);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (size > MOST_ENTRIES) throw invalid(place, `a tensor of at most ${MOST_ENTRIES} numbers`, `${size}`);
  if (fieldsNumbered(fields, TENSOR.segment).length > 0) {
    throw invalid(within(place, 'segment'), 'whole tensors', 'a piece of one', 'save the model anew');
  }
  return {
    name: textIn(fields, TENSOR.name, 'name', place),
    shape,
    size,
    type: integerIn(fields, TENSOR.type, 0, within(place, 'data_type')),
    fields,
    place,
    external: externalOf(fields, place),
  };
}

function externalOf(fields: readonly Field[], place: Place): ExternalData | undefined {
  if (integerIn(fields, TENSOR.location, 0, within(place, 'data_location')) !== 1) return undefined;
  const here = within(place, 'external_data');
  const entries = new Map(
    fieldsNumbered(fields, TENSOR.external).map((field) => {
      const pair = readFields(bytesIn(field, here), here);
      return [textIn(pair, 1, 'key', here), textIn(pair, 2, 'value', here)];
    }),
  );
  const count = (key: string): number | undefined => {
    const text = entries.get(key);
    if (text === undefined || /^\d{1,15}$/.test(text)) return text === undefined ? undefined : Number(text);
    throw invalid(here, `"${key}" to be a number of bytes`, quoted(text));
  };
  return {location: entries.get('location') ?? '', offset: count('offset') ?? 0, length: count('length')};
}

/** The files beside the model, by the names that it has for them. */
export type ExternalFiles = ReadonlyMap<string, Uint8Array>;

/** The bytes of a tensor's numbers that stand beside the model. @throws {InputError} where there is no such file, or it is too short */
export function externalBytes(
  {location, offset, length}: ExternalData,
  files: ExternalFiles,
  place: Place,
): Uint8Array {
  const here = within(place, 'external_data');
  const file = files.get(location);
  if (file === undefined) {
    throw invalid(
      here,
      'the bytes of every file beside the model',
      `none for ${quoted(location)}`,
      'hand it over in `external`',
    );
  }
  const end = offset + (length ?? Math.max(0, file.length - offset));
  if (end <= file.length) return file.subarray(offset, end);
  throw invalid(here, `at most ${file.length} bytes of ${quoted(location)}`, `a stretch that ends at ${end}`);
}

/**
 * The numbers of a tensor of float32 or float64, rounded to float32.
 *
 * @throws {InputError} where there are more or fewer than its shape holds
 */
export function floatsOf(tensor: Tensor, files: ExternalFiles): Float32Array {
  const width = tensor.type === FLOAT ? 4 : 8;
  const bytes = numberBytes(tensor, files);
  if (bytes.length !== width * tensor.size) {
    const got = `${bytes.length / width}`;
    throw invalid(tensor.place, `${tensor.size} numbers in [${tensor.shape}] of ${quoted(tensor.name)}`, got);
  }
  // Not slice(), of which a Buffer makes a view.
  const aligned = new Uint8Array(bytes).buffer;
  return width === 4 ? new Float32Array(aligned) : Float32Array.from(new Float64Array(aligned));
}

function numberBytes({type, fields, external, place}: Tensor, files: ExternalFiles): Uint8Array {
  if (external) return externalBytes(external, files, place);
  const raw = fields.findLast(({number}) => number === TENSOR.raw);
  if (raw) return bytesIn(raw, within(place, 'raw_data'));
  const wire = type === FLOAT ? WIRE.fixed32 : WIRE.fixed64;
  const parts = fieldsNumbered(fields, type === FLOAT ? TENSOR.floats : TENSOR.doubles).map((field) =>
    field.wire === wire
      ? field.value
      : bytesIn(field, within(place, type === FLOAT ? 'float_data' : 'double_data')),
  );
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Fields of a tensor that say where its numbers are, which are written anew when they are brought into the model. */
export function saysWhere({number}: Field): boolean {
  return number === TENSOR.external || number === TENSOR.location;
}

export const RAW_DATA: number = TENSOR.raw;
