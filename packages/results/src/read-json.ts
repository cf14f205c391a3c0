import {InvalidRecordError} from './invalid-record-error.ts';

export interface ReadRecordOptions {
  /** Longest text accepted, in UTF-16 units. Default 2^26. */
  readonly maximumLength?: number;
}

/**
 * Reads the JSON that a record is to be made of.
 *
 * @throws {InvalidRecordError} on text that is too long, no JSON, or holds a `__proto__` key
 */
export function readJson(text: string, source: string, options: ReadRecordOptions = {}): unknown {
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
  if (/__proto__|\\u/.test(text) && namesPrototype(value))
    throw fault(source, 'expected ordinary keys, got "__proto__"');
  return value;
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
