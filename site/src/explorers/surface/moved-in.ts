/** θ + a · first + b · second, `[P]`. */
export function movedIn(
  theta: Float32Array,
  {first, second}: {readonly first: Float32Array; readonly second: Float32Array},
  a: number,
  b: number,
): Float32Array {
  return theta.map((value, i) => value + a * (first[i] as number) + b * (second[i] as number));
}
