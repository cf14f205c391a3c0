import {InputError, printable} from '@minefield/core';

/** Where in which file something stands, for errors: every one names both. */
export interface Place {
  readonly file: string;
  /** Such as `graph.node[3].attribute[0]`. */
  readonly field: string;
}

/** A field of the message at a place. */
export function within({file, field}: Place, name: string): Place {
  return {file, field: field === '' ? name : `${field}.${name}`};
}

/** An error about the bytes of a model, or what they say. */
export function invalid(
  {file, field}: Place,
  expected: string,
  got: string,
  remedy = 'the file is damaged or of another format',
): InputError {
  const where = field === '' ? file : `${field} of ${file}`;
  return new InputError(`onnx.readOnnx: expected ${expected} in ${where}, got ${got}; ${remedy}`);
}

/** Longest stretch of a stranger's text in a message. */
const MOST_SHOWN = 80;

/** A stranger's text in quotes, on one line and not too long. */
export function quoted(text: string): string {
  return `"${onOneLine(text)}"`;
}

/** The beginning of a stranger's text, on one line. */
export function onOneLine(text: string): string {
  return printable(text, MOST_SHOWN);
}

/** The first few of a list of names. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(quoted).join(', ');
  if (names.length === 0) return 'none';
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
