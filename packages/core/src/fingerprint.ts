import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

/**
 * SHA-256 of a sequence of texts and arrays, lower-case hex. Each part is preceded by its kind and length in bytes, so
 * that neither the border between two parts nor the type of an array can move without a change. An array of a subclass counts as
 * one of its class: Node's `Buffer` as `Uint8Array`.
 *
 * @example fingerprint('two spirals', Float32Array.of(1, 2), Uint8Array.of(0))
 */
export function fingerprint(...parts: readonly (string | ArrayBufferView)[]): string {
  const hash = sha256.create();
  for (const part of parts) {
    const bytes =
      typeof part === 'string'
        ? utf8ToBytes(part)
        : new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    const kind = typeof part === 'string' ? 'text' : Object.prototype.toString.call(part).slice(8, -1);
    hash.update(utf8ToBytes(`${kind}:${bytes.length};`)).update(bytes);
  }
  return bytesToHex(hash.digest());
}
