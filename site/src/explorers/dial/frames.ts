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

/** @returns one picture for each `size²` bytes. @throws {RangeError} for bytes that are no whole number of pictures */
export function framesFrom(bytes: Uint8Array, size: number): readonly Float32Array[] {
  const count = bytes.length / size ** 2;
  if (!Number.isInteger(count))
    throw new RangeError(`framesFrom: expected pictures of ${size} × ${size}, got ${bytes.length} bytes`);
  return Array.from({length: count}, (_, frame) =>
    Float32Array.from(
      bytes.subarray(frame * size ** 2, (frame + 1) * size ** 2),
      (byte) => table[byte] ?? Number.NaN,
    ),
  );
}
