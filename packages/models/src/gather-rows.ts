/** Rows of a `[n, length]` array, in the order given. */
export function gatherRows(values: Float32Array, rows: Uint32Array, length: number): Float32Array {
  const out = new Float32Array(rows.length * length);
  rows.forEach((row, i) => out.set(values.subarray(row * length, (row + 1) * length), i * length));
  return out;
}
