import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

/** SHA-256 of a sequence of texts and arrays (little-endian bytes), each preceded by its kind and length; lower-case hex. */
export function fingerprint(...parts: readonly (string | ArrayBufferView)[]): string {
  const hash = sha256.create();
  for (const part of parts) {
    const bytes =
      typeof part === 'string' ? utf8ToBytes(part) : new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    const kind = typeof part === 'string' ? 'text' : part.constructor.name;
    hash.update(utf8ToBytes(`${kind}:${bytes.length};`)).update(bytes);
  }
  return bytesToHex(hash.digest());
}
