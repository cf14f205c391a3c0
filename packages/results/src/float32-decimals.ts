/**
 * Float32 values as doubles with the fewest decimal digits that still round to the same float32: 0.1 rather than
 * 0.10000000149011612. Records shrink by half and lose nothing.
 *
 * @param values - finite or not; NaN and infinities pass through, −0 becomes 0.
 */
export function float32Decimals(values: Float32Array): number[] {
  return Array.from(values, shortest);
}

function shortest(value: number): number {
  if (!Number.isFinite(value)) return value;
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}
