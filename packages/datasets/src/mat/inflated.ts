import {pipeline} from 'node:stream';
import {createInflate} from 'node:zlib';

/** Bytes of a piece. Larger ones are no faster, and garbage until it is collected. */
const PIECE_BYTES = 2 ** 16;

/**
 * Inflates zlib data piece by piece, only about as far as the pieces are asked for. The end comes after the checksum has
 * been found right.
 *
 * @param damaged makes the error for data that cannot be inflated, from zlib's reason
 */
export async function* inflated(
  bytes: AsyncIterable<Uint8Array>,
  damaged: (reason: string) => Error,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflate({chunkSize: PIECE_BYTES});
  // What goes wrong on either side comes out of the loop below; pipeline closes one where the other ends.
  const pipe = pipeline(bytes, inflate, () => {});
  try {
    for await (const piece of pipe) yield piece as Uint8Array;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw damaged(error.message);
    }
    throw error;
  }
}
