import {InvalidRecordError} from './invalid-record-error.ts';
import {parseRecord} from './parse-record.ts';
import type {ResultRecord} from './record.ts';

export interface ReadRecordOptions {
  /** Longest text accepted, in UTF-16 units. Default 2^26. */
  readonly maximumLength?: number;
}

/**
 * Reads a record from the text of its file.
 *
 * @throws {InvalidRecordError} on text that is too long, no JSON, holds a `__proto__` key, or is no record.
 */
export function readRecordText(text: string, source: string, options: ReadRecordOptions = {}): ResultRecord {
  const {maximumLength = 2 ** 26} = options;
  if (text.length > maximumLength) {
    throw fault(source, `expected at most ${maximumLength} characters, got ${text.length}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text, refusePrototype);
  } catch (error) {
    throw fault(source, error instanceof Error ? error.message : String(error));
  }
  return parseRecord(value, source);
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('expected ordinary keys, got "__proto__"');
  return value;
}

function fault(source: string, message: string): InvalidRecordError {
  return new InvalidRecordError(source, [{path: '', message}]);
}
