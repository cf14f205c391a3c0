/**
 * Sums over the middle of three dimensions. Terms are added in blocks of fixed size and the blocks in order, so that errors
 * stay small over millions of terms, and bits depend on the length of a sum alone, not on what stands beside it.
 */
import {loadPart, storePart} from './vectors';

const BLOCK: i32 = 256;

/** out[i, j] = Σ_r x[i, r, j] / divisor, x `[outer, length, inner]`. */
export function sum(outer: i32, length: i32, inner: i32, x: usize, divisor: f32, out: usize): void {
  const row = <usize>inner << 2;
  for (let i = 0; i < outer; i++) {
    if (inner == 1) {
      store<f32>(out, sumRow(x, length) / divisor);
    } else {
      for (let column = 0; column < inner; column += 16) {
        const at = <usize>column << 2;
        sumColumns(x + at, row, length, min(inner - column, 16), divisor, out + at);
      }
    }
    x += <usize>length * row;
    out += row;
  }
}

/** Sum of contiguous floats. */
function sumRow(x: usize, length: i32): f32 {
  let total: f32 = 0;
  for (let first = 0; first < length; first += 16 * BLOCK) {
    let count = min(16 * BLOCK, length - first);
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; count >= 16; count -= 16) {
      a = f32x4.add(a, v128.load(x));
      b = f32x4.add(b, v128.load(x, 16));
      c = f32x4.add(c, v128.load(x, 32));
      d = f32x4.add(d, v128.load(x, 48));
      x += 64;
    }
    for (; count > 0; count -= 4) {
      a = f32x4.add(a, loadPart(x, count));
      x += 16;
    }
    const all = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
    total += f32x4.extract_lane(all, 0) + f32x4.extract_lane(all, 1)
      + (f32x4.extract_lane(all, 2) + f32x4.extract_lane(all, 3));
  }
  return total;
}

/** Sums of up to sixteen columns of rows `step` bytes apart. */
function sumColumns(x: usize, step: usize, length: i32, columns: i32, divisor: f32, out: usize): void {
  const zero = f32x4.splat(0);
  let ta = zero;
  let tb = zero;
  let tc = zero;
  let td = zero;
  for (let first = 0; first < length; first += BLOCK) {
    let count = min(BLOCK, length - first);
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    if (columns == 16) {
      for (; count > 0; count--) {
        a = f32x4.add(a, v128.load(x));
        b = f32x4.add(b, v128.load(x, 16));
        c = f32x4.add(c, v128.load(x, 32));
        d = f32x4.add(d, v128.load(x, 48));
        x += step;
      }
    } else {
      for (; count > 0; count--) {
        a = f32x4.add(a, loadPart(x, columns));
        if (columns > 4) b = f32x4.add(b, loadPart(x + 16, columns - 4));
        if (columns > 8) c = f32x4.add(c, loadPart(x + 32, columns - 8));
        if (columns > 12) d = f32x4.add(d, loadPart(x + 48, columns - 12));
        x += step;
      }
    }
    ta = f32x4.add(ta, a);
    tb = f32x4.add(tb, b);
    tc = f32x4.add(tc, c);
    td = f32x4.add(td, d);
  }
  const divide = f32x4.splat(divisor);
  storePart(out, f32x4.div(ta, divide), columns);
  storePart(out + 16, f32x4.div(tb, divide), columns - 4);
  storePart(out + 32, f32x4.div(tc, divide), columns - 8);
  storePart(out + 48, f32x4.div(td, divide), columns - 12);
}
