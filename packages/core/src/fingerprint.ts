import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import {InputError} from './input-error.ts';
import {kindOf} from './kind-of.ts';

/**
 * SHA-256 of a sequence of texts and arrays, lower-case hex. Each part is preceded by its kind and length in bytes, so
 * that neither the border between two parts nor the type of an array can move without a change. An array of a subclass counts as
 * one of its class: Node's `Buffer` as `Uint8Array`.
 *
 * @throws {InputError} for a plain array, whose contents it would not see
 * @example fingerprint('two spirals', Float32Array.of(1, 2), Uint8Array.of(0))
 */
export function fingerprint(...parts: readonly (string | ArrayBufferView)[]): string {
  const hash = sha256.create();
  for (const part of parts) {
    const bytes = bytesOf(part);
    const kind = typeof part === 'string' ? 'text' : kindOf(part);
    hash.update(utf8ToBytes(`${kind}:${bytes.length};`)).update(bytes);
  }
  return bytesToHex(hash.digest());
}

function bytesOf(part: string | ArrayBufferView): Uint8Array {
  if (typeof part === 'string') return utf8ToBytes(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  throw new InputError(
    `core.fingerprint: expected texts and typed arrays, got ${kindOf(part)}; make a typed array of it`,
  );
}
