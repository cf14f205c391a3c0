/** Arithmetic, and partial loads and stores, of four floats at a time. */

/** a·b + c: one rounding with relaxed SIMD, two with plain SIMD. */
// @ts-expect-error: decorator of AssemblyScript
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Clamps to [low, high]. NaN stays NaN, and infinite bounds change nothing. */
// @ts-expect-error: decorator of AssemblyScript
@inline
export function clamp(value: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(value, low), high);
}

/** The first `count` (at most 4) floats at `from`, then zeros. Nothing beyond them is read. */
// @ts-expect-error: decorator of AssemblyScript
@inline
export function loadPart(from: usize, count: i32): v128 {
  return count >= 4 ? v128.load(from) : loadTail(from, count);
}

function loadTail(from: usize, count: i32): v128 {
  if (count <= 0) return f32x4.splat(0);
  if (count == 1) return v128.load32_zero(from);
  const pair = v128.load64_zero(from);
  return count == 2 ? pair : v128.load_lane<f32>(from, pair, 2, 8);
}

/** Writes the first `count` (at most 4) floats of `value`, and nothing beyond them. */
// @ts-expect-error: decorator of AssemblyScript
@inline
export function storePart(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else storeTail(to, value, count);
}

function storeTail(to: usize, value: v128, count: i32): void {
  if (count == 1) {
    v128.store_lane<f32>(to, value, 0);
  } else if (count > 1) {
    v128.store_lane<f64>(to, value, 0);
    if (count == 3) v128.store_lane<f32>(to, value, 2, 8);
  }
}
