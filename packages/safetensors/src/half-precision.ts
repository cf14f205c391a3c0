/** Single-precision values of 16-bit floats, which every JavaScript engine can hold but not every one can read. */

/** IEEE 754 binary16 (F16): 1 sign, 5 exponent and 10 fraction bits. */
export function singleFromHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 (BF16) is the upper half of a single: bits to go into a `Uint32Array` over the same memory. */
export function singleBitsFromBrain(bits: number): number {
  return (bits << 16) >>> 0;
}
