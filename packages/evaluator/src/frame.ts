/** How a message lies in bytes, both ways; docs/protocol.md says the same in words. */

/** First bytes of every frame; the digit is the version of the protocol. */
export const MAGIC = 'MFE1';

/** Magic, length of the header (u32), length of the payload (u64), all little-endian. */
export const PREFIX_BYTES = 16;

/** A header is a few names and numbers; that of a hello lists the slices of a layout. */
export const MOST_HEADER_BYTES: number = 2 ** 24;

/** Most that either side may send after a header: 268 million parameters, and far below what a process can hold. */
export const MOST_PAYLOAD_BYTES: number = 2 ** 30;

export interface Frame {
  /** A JSON object. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Prefix and header of a frame; the payload follows as it is. */
export function frameHead(header: object, payloadBytes: number): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(PREFIX_BYTES + text.length);
  head.write(MAGIC, 0, 'latin1');
  head.writeUInt32LE(text.length, 4);
  head.writeBigUInt64LE(BigInt(payloadBytes), 8);
  text.copy(head, PREFIX_BYTES);
  return head;
}
