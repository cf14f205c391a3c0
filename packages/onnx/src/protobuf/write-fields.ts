import {WIRE} from './read-fields.ts';

/** Part of the Encoding standard that Node and browsers share. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

const encoder = new TextEncoder();

/** A field that holds bytes: a message, a text, or numbers. */
export function bytesField(number: number, ...parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [varint(number * 8 + WIRE.bytes), varint(length), ...parts];
}

export function textField(number: number, text: string): Uint8Array[] {
  return bytesField(number, encoder.encode(text));
}

/** @param value a whole number from 0 */
export function integerField(number: number, value: number): Uint8Array[] {
  return [varint(number * 8 + WIRE.varint), varint(value)];
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) + 0x80);
  bytes.push(left);
  return Uint8Array.from(bytes);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
