/** Arithmetic on two operands that broadcast, sums where a mask lets them pass, and repetition. */

const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;

/**
 * out = a ∘ b over four nested dimensions, `out` contiguous; ∘ is +, −, · or / for an `operation` of 0 to 3. Steps are in
 * bytes; those of the innermost dimension are 4, or 0 where one value serves all, and not both 0 unless there is but one.
 */
export function combine(
  operation: i32, n0: i32, n1: i32, n2: i32, n3: i32,
  a: usize, a0: usize, a1: usize, a2: usize, a3: usize,
  b: usize, b0: usize, b1: usize, b2: usize, b3: usize, out: usize,
): void {
  const plane = <usize>n2 * n3 << 2;
  for (let i = 0; i < n0; i++) {
    let p = a;
    let q = b;
    for (let j = 0; j < n1; j++) {
      if (operation == ADD) combineRows(ADD, n2, n3, p, a2, a3, q, b2, b3, out);
      else if (operation == SUBTRACT) combineRows(SUBTRACT, n2, n3, p, a2, a3, q, b2, b3, out);
      else if (operation == MULTIPLY) combineRows(MULTIPLY, n2, n3, p, a2, a3, q, b2, b3, out);
      else combineRows(3, n2, n3, p, a2, a3, q, b2, b3, out);
      p += a1;
      q += b1;
      out += plane;
    }
    a += a0;
    b += b0;
  }
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function apply(operation: i32, x: v128, y: v128): v128 {
  if (operation == ADD) return f32x4.add(x, y);
  if (operation == SUBTRACT) return f32x4.sub(x, y);
  if (operation == MULTIPLY) return f32x4.mul(x, y);
  return f32x4.div(x, y);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function combineRows(
  operation: i32, rows: i32, columns: i32, a: usize, aRow: usize, aStep: usize, b: usize, bRow: usize, bStep: usize, out: usize,
): void {
  const whole = <usize>(columns & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    let p = a;
    let q = b;
    const end = out + whole;
    if (aStep == bStep) {
      for (; out < end; out += 16) {
        v128.store(out, apply(operation, v128.load(p), v128.load(q)));
        p += 16;
        q += 16;
      }
    } else if (bStep == 0) {
      const y = v128.load32_splat(q);
      for (; out < end; out += 16) {
        v128.store(out, apply(operation, v128.load(p), y));
        p += 16;
      }
    } else {
      const x = v128.load32_splat(p);
      for (; out < end; out += 16) {
        v128.store(out, apply(operation, x, v128.load(q)));
        q += 16;
      }
    }
    for (let rest = columns & 3; rest > 0; rest--) {
      v128.store_lane<f32>(out, apply(operation, v128.load32_zero(p), v128.load32_zero(q)), 0);
      p += aStep;
      q += bStep;
      out += 4;
    }
    a += aRow;
    b += bRow;
  }
}

/** out = a + b where `mask` is positive, elsewhere 0, `count` numbers each; one of `b` and `mask` may be 0 for none. */
export function addWhere(count: i32, a: usize, b: usize, mask: usize, out: usize): void {
  if (b == 0) addMasked(false, true, count, a, b, mask, out);
  else if (mask == 0) addMasked(true, false, count, a, b, mask, out);
  else addMasked(true, true, count, a, b, mask, out);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function addMasked(two: bool, masked: bool, count: i32, a: usize, b: usize, mask: usize, out: usize): void {
  const zero = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    let sum = v128.load(a);
    if (two) sum = f32x4.add(sum, v128.load(b));
    if (masked) sum = v128.and(sum, f32x4.gt(v128.load(mask), zero));
    v128.store(out, sum);
    a += 16;
    b += 16;
    mask += 16;
    out += 16;
  }
  for (; count > 0; count--) {
    let sum = load<f32>(a);
    if (two) sum += load<f32>(b);
    if (masked && !(load<f32>(mask) > 0)) sum = 0;
    store<f32>(out, sum);
    a += 4;
    b += 4;
    mask += 4;
    out += 4;
  }
}

/** Writes `bytes` bytes `times` times, one copy after the other. */
export function repeat(from: usize, bytes: usize, times: i32, to: usize): void {
  const total = bytes * <usize>times;
  if (total == 0) return;
  memory.copy(to, from, bytes);
  let done = bytes;
  while (done < total) {
    const size = min(done, total - done);
    memory.copy(to + done, to, size);
    done += size;
  }
}

/** out = x, but `low` where it is smaller and `high` where it is larger, `count` numbers; NaN stays NaN. */
export function clamp(count: i32, x: usize, low: f32, high: f32, out: usize): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  for (; count >= 16; count -= 16) {
    v128.store(out, within(v128.load(x), lows, highs));
    v128.store(out, within(v128.load(x, 16), lows, highs), 16);
    v128.store(out, within(v128.load(x, 32), lows, highs), 32);
    v128.store(out, within(v128.load(x, 48), lows, highs), 48);
    x += 64;
    out += 64;
  }
  for (; count > 0; count--) {
    v128.store_lane<f32>(out, within(v128.load32_zero(x), lows, highs), 0);
    x += 4;
    out += 4;
  }
}

/** One comparison each, unlike `f32x4.min` and `max`: of x and a bound these take the bound only where it compares. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function within(x: v128, lows: v128, highs: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, highs), lows);
}
