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
    value = JSON.parse(text);
  } catch (error) {
    throw fault(source, error instanceof Error ? error.message : String(error));
  }
  // Most texts cannot name such a key, and need no second look.
  if (/__proto__|\\u/.test(text) && namesPrototype(value)) throw fault(source, 'expected ordinary keys, got "__proto__"');
  return parseRecord(value, source);
}

/** Whether a value has such a key anywhere. It calls neither itself nor a reviver: JSON may be deeper than the stack. */
function namesPrototype(value: unknown): boolean {
  const rest = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, '__proto__')) return true;
    for (const item of Array.isArray(next) ? next : Object.values(next)) rest.push(item);
  }
  return false;
}

function fault(source: string, message: string): InvalidRecordError {
  return new InvalidRecordError(source, [{path: '', message}]);
}
