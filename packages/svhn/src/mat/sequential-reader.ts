/** Bytes in order from pieces that come as they are asked for. */
export interface SequentialReader {
  /** The next bytes, exactly so many, as a copy. */
  read(length: number): Promise<Uint8Array>;
  /** The next bytes, so many in all, in pieces that are valid until the next one is asked for. */
  take(length: number): AsyncGenerator<Uint8Array>;
  /** Whether no bytes are left; asks for the end of the pieces, which checks a checksum where there is one. */
  atEnd(): Promise<boolean>;
  /** Asks for no more pieces. */
  close(): Promise<void>;
}

/** @param endsEarly makes the error for bytes that are asked for and not there */
export function sequentialReader(
  pieces: AsyncIterator<Uint8Array>,
  endsEarly: () => Error,
): SequentialReader {
  let rest = new Uint8Array(0);

  /** Makes `rest` hold bytes. @returns false at the end */
  async function refill(): Promise<boolean> {
    while (rest.length === 0) {
      const {done, value} = await pieces.next();
      if (done === true) return false;
      rest = value as Uint8Array<ArrayBuffer>;
    }
    return true;
  }

  async function* take(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      if (!(await refill())) throw endsEarly();
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  return {
    take,
    async read(length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      for await (const piece of take(length)) {
        bytes.set(piece, filled);
        filled += piece.length;
      }
      return bytes;
    },
    atEnd: async () => !(await refill()),
    close: async () => {
      await pieces.return?.();
    },
  };
}
