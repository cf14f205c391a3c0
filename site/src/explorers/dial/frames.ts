/**
 * Boundaries that are there before the engine is: log-odds in a byte each, one picture after another, deflated.
 *
 * Bytes grow with the inverse hyperbolic sine, so that they are finest where the boundary is; what is surer than {@link SURE}
 * is all of one shade, and bytes tell it apart no more.
 */

/** Log-odds beyond which all looks alike: the deepest shade begins at 5. */
const SURE = 6;
/** Steps on either side of 0. */
const STEPS = 60;

/** The byte of a network's log-odds. */
export function byteOf(logOdds: number): number {
  const share = Math.asinh(logOdds) / Math.asinh(SURE);
  return STEPS + Math.round(STEPS * Math.max(-1, Math.min(1, share)));
}

/** About the log-odds that a byte was made of. */
export function logOddsOf(byte: number): number {
  return Math.sinh(((byte - STEPS) / STEPS) * Math.asinh(SURE));
}

const table = Float32Array.from({length: 2 * STEPS + 1}, (_, byte) => logOddsOf(byte));

/**
 * @returns the log-odds of a frame, `[size, size]`, read when they are asked for: a page that shows one of them need not wait for
 * all; undefined beyond the last. @throws {RangeError} for bytes that are no whole number of frames
 */
export function framesIn(bytes: Uint8Array, size: number): (frame: number) => Float32Array | undefined {
  const count = bytes.length / size ** 2;
  if (!Number.isInteger(count))
    throw new RangeError(`framesIn: expected frames of ${size} × ${size}, got ${bytes.length} bytes`);
  const read = new Map<number, Float32Array>();
  return (frame) => {
    if (!(frame >= 0 && frame < count)) return undefined;
    const logOdds =
      read.get(frame) ??
      Float32Array.from(
        bytes.subarray(frame * size ** 2, (frame + 1) * size ** 2),
        (byte) => table[byte] ?? Number.NaN,
      );
    read.set(frame, logOdds);
    return logOdds;
  };
}
