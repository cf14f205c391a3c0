import {createHash} from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * Canonical JSON (RFC 8785): sorted keys, no spaces, shortest numbers. Equal values give equal bytes.
 *
 * @throws {TypeError} on what JSON cannot hold: undefined, functions, non-finite numbers, typed arrays, class
 *   instances, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  requirePlain(value, 'value');
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('results.canonicalJson: expected a JSON value, got nothing');
  return text;
}

/** SHA-256 of the canonical JSON of a value, as 64 lower-case hexadecimal digits: a job's identity. */
export function identityOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function requirePlain(value: unknown, path: string): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (/\p{Surrogate}/u.test(value)) throw unfit(path, 'a string with a lone surrogate');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw unfit(path, String(value));
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => requirePlain(item, `${path}[${index}]`));
    if (Object.keys(value).length !== value.length) throw unfit(path, 'an array with holes');
  } else if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      throw unfit(path, `a ${value.constructor.name}`);
    for (const [key, item] of Object.entries(value)) {
      requirePlain(key, `key of ${path}`);
      requirePlain(item, `${path}.${key}`);
    }
  } else {
    throw unfit(path, value === undefined ? 'undefined' : `a ${typeof value}`);
  }
}

function unfit(path: string, got: string): TypeError {
  return new TypeError(
    `results.canonicalJson: expected plain JSON at ${path}, got ${got}; leave it out or convert it`,
  );
}
