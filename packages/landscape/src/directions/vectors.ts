/** Σ a_i b_i in float64. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Euclidean length. */
export function norm(vector: ArrayLike<number>): number {
  return Math.sqrt(dot(vector, vector));
}

/** out += factor · vector. */
export function addScaledInto(
  out: Float64Array | Float32Array,
  factor: number,
  vector: ArrayLike<number>,
): void {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + factor * (vector[i] ?? 0);
}
