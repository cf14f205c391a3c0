import {type Inflate, createInflate} from 'node:zlib';

/**
 * Bytes of a piece. Pieces are garbage until V8 collects its young objects, and it counts only what it has on its own heap:
 * in a process with much of that, larger pieces come to tens of megabytes.
 */
const PIECE_BYTES = 2 ** 13;

/**
 * Inflates zlib data piece by piece, only a little further than the pieces are asked for. The end comes after the checksum
 * has been found right.
 *
 * @param bytes in pieces, each used before the next is asked for
 * @param damaged makes the error for data that cannot be inflated, from zlib's reason
 */
export async function* inflated(
  bytes: AsyncIterable<Uint8Array>,
  damaged: (reason: string) => Error,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflate({chunkSize: PIECE_BYTES});
  feed(inflate, bytes).catch((error: unknown) => inflate.destroy(error as Error));
  try {
    for await (const piece of inflate) yield piece as Uint8Array;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw damaged(error.message);
    }
    throw error;
  }
}

/** Writes the pieces one after the other, as a pipe would; but a pipe asks for the next one before it is done with this. */
async function feed(inflate: Inflate, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    await new Promise<void>((resolve, reject) => {
      inflate.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  }
  inflate.end();
}
