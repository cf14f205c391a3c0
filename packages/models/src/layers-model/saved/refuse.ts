import {InputError} from '@minefield/core';

/** Controls, marks of writing direction and halves of characters, which a file may hold and a message may not. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/gu;

/** Refuses a saved model, or a part of it. */
export function refuse(
  expected: string,
  got: string,
  remedy = 'the file is damaged, or none that TensorFlow.js Layers saves',
): never {
  throw new InputError(`models.loadSavedLayersModel: expected ${expected}, got ${got}; ${remedy}`);
}

/** What JSON made, as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'none';
  if (isObject(value)) return 'an object';
  if (Array.isArray(value) && value.some((entry) => typeof entry === 'object')) return 'an array of others';
  return printable(JSON.stringify(value), 80);
}

/** The beginning of a text on one line, with what is unprintable written out, as in `\u001b`. */
export function printable(text: string, length: number): string {
  const line = text.length > length ? `${text.slice(0, length)}…` : text;
  return line.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of an object that JSON made; undefined where it is none, or has no such property. */
export function property(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
