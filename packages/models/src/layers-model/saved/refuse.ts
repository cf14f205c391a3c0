import {InputError, printable} from '@minefield/core';

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

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of an object that JSON made; undefined where it is none, or has no such property. */
export function property(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
