/** Protocol buffers as they stand in a file: messages are fields, each with a number and a value of one of four wire types. */
import {type Place, invalid, within} from './place.ts';

export const WIRE = {varint: 0, fixed64: 1, bytes: 2, fixed32: 5} as const;

export interface Field {
  readonly number: number;
  readonly wire: number;
  /** The value: what a length announces, the bytes of a fixed or variable number otherwise. */
  readonly value: Uint8Array;
  /** The whole field, tag included, to be written as it was read. */
  readonly bytes: Uint8Array;
}

/** Most fields of one message: far above any model here, and below what fills the memory with them. */
const MOST_FIELDS = 2 ** 20;

/** Part of the Encoding standard that Node and browsers share. */
declare class TextDecoder {
  constructor(label: 'utf-8', options: {readonly fatal: boolean; readonly ignoreBOM: boolean});
  decode(bytes: Uint8Array): string;
}

const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/**
 * The fields of a message, in order, as views.
 *
 * @throws {InputError} when a field ends after the message, is of a group, or has the number 0
 */
export function readFields(message: Uint8Array, place: Place): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const start = at;
    const [tag, afterTag] = readVarint(message, at, place);
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    if (number < 1 || number >= 2 ** 29) throw invalid(place, 'field numbers from 1', `${number}`);
    let [begin, end] = [afterTag, afterTag];
    if (wire === WIRE.varint) end = readVarint(message, begin, place, false)[1];
    else if (wire === WIRE.fixed64) end += 8;
    else if (wire === WIRE.fixed32) end += 4;
    else if (wire === WIRE.bytes) {
      const [length, afterLength] = readVarint(message, begin, place);
      begin = afterLength;
      end = begin + length;
    } else throw invalid(place, 'numbers and bytes', `a field of wire type ${wire}`);
    if (end > message.length) {
      throw invalid(place, `a field ${number} of at most ${message.length - begin} bytes`, `${end - begin}`);
    }
    if (fields.length === MOST_FIELDS) throw invalid(place, `at most ${MOST_FIELDS} fields`, 'more');
    fields.push({
      number,
      wire,
      value: message.subarray(begin, end),
      bytes: message.subarray(start, end),
    });
    at = end;
  }
  return fields;
}

/** @returns the number and where it ends; numbers beyond 2^53 only where they need not be exact */
function readVarint(bytes: Uint8Array, start: number, place: Place, exact = true): [number, number] {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw invalid(place, 'a number', 'the end of the message');
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte >= 0x80) continue;
    if (exact && !Number.isSafeInteger(value)) throw invalid(place, 'a number below 2^53', `${value}`);
    return [value, start + i + 1];
  }
  throw invalid(place, 'numbers of at most 10 bytes', 'a longer one');
}

/** The fields of one number. */
export function fieldsNumbered(fields: readonly Field[], number: number): Field[] {
  return fields.filter((field) => field.number === number);
}

/** @throws {InputError} where the field is no message, text or bytes */
export function bytesIn(field: Field, place: Place): Uint8Array {
  if (field.wire === WIRE.bytes) return field.value;
  throw invalid(place, 'bytes', `a field of wire type ${field.wire}`);
}

/** The last field of a number, which counts where there are several. @throws {InputError} where it is no text in UTF-8, or longer than 1,000 bytes */
export function textIn(fields: readonly Field[], number: number, name: string, place: Place): string {
  const field = fields.findLast((candidate) => candidate.number === number);
  return field === undefined ? '' : decodedText(field, within(place, name));
}

/** Longest name. */
const MOST_TEXT = 1000;

export function decodedText(field: Field, place: Place): string {
  const bytes = bytesIn(field, place);
  if (bytes.length > MOST_TEXT) {
    throw invalid(place, `names of at most ${MOST_TEXT} bytes`, `${bytes.length}`, 'shorten them');
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw invalid(place, 'a text in UTF-8', 'other bytes');
  }
}

/** Whole numbers of all fields of a number, packed or not. @throws {InputError} beyond ±2^53 */
export function integersIn(fields: readonly Field[], number: number, place: Place): number[] {
  return fieldsNumbered(fields, number).flatMap((field) => {
    if (field.wire === WIRE.varint) return [signed(field.value, place)];
    const packed = bytesIn(field, place);
    const found: number[] = [];
    for (let at = 0; at < packed.length;) {
      const [, end] = readVarint(packed, at, place, false);
      found.push(signed(packed.subarray(at, end), place));
      at = end;
    }
    return found;
  });
}

/** The last whole number of a field, or what stands for none. */
export function integerIn(fields: readonly Field[], number: number, otherwise: number, place: Place): number {
  const field = fields.findLast((candidate) => candidate.number === number);
  if (field === undefined) return otherwise;
  if (field.wire !== WIRE.varint)
    throw invalid(place, 'a whole number', `a field of wire type ${field.wire}`);
  return signed(field.value, place);
}

/** The bytes of a variable number in two's complement of 64 bits. */
function signed(bytes: Uint8Array, place: Place): number {
  let value = 0n;
  bytes.forEach((byte, i) => {
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
  });
  const number = Number(BigInt.asIntN(64, value));
  if (Number.isSafeInteger(number)) return number;
  throw invalid(place, 'whole numbers within ±2^53', `${number}`);
}
