/** Numbers as they travel, little-endian, which is what machines with Node and with PyTorch have. */

/** A payload read as float32. It starts at the first byte of its buffer. */
export function float32From(payload: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return new Float32Array(payload.buffer, 0, payload.byteLength / 4);
}

/** A payload read as float64. */
export function float64From(payload: Uint8Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return new Float64Array(payload.buffer, 0, payload.byteLength / 8);
}

/** The bytes of numbers, not copied. */
export function bytesOf({buffer, byteOffset, byteLength}: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
