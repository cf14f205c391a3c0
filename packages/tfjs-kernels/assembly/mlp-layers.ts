/** Products of one layer of a perceptron over a block of examples, and sums of its slopes; steps of rows in bytes. */
import {multiplyAdd} from './vectors';

/** y = x · w + bias, then a ReLU, or zero where `mask` (of the shape of y) is not positive; bias and mask may be 0. */
export function multiplyLayer(
  x: usize, depth: i32, xStep: usize, w: usize, yStep: usize, bias: usize, mask: usize, y: usize, rows: i32, relu: bool,
): void {
  for (; rows >= 6; rows -= 6) {
    let column: usize = 0;
    for (; column + 32 <= yStep; column += 32) tile(6, true, x, depth, xStep, w, yStep, bias, mask, y, column, relu);
    if (column < yStep) tile(6, false, x, depth, xStep, w, yStep, bias, mask, y, column, relu);
    x += 6 * xStep;
    y += 6 * yStep;
    if (mask != 0) mask += 6 * yStep;
  }
  for (; rows > 0; rows--) {
    let column: usize = 0;
    for (; column + 32 <= yStep; column += 32) tile(1, true, x, depth, xStep, w, yStep, bias, mask, y, column, relu);
    if (column < yStep) tile(1, false, x, depth, xStep, w, yStep, bias, mask, y, column, relu);
    x += xStep;
    y += yStep;
    if (mask != 0) mask += yStep;
  }
}

/** One or six rows of four or eight columns. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function tile(
  rows: i32, wide: bool, x: usize, depth: i32, xStep: usize, w: usize, yStep: usize, bias: usize, mask: usize, y: usize,
  column: usize, relu: bool,
): void {
  const start0 = bias == 0 ? f32x4.splat(0) : v128.load(bias + column);
  const start1 = bias == 0 || !wide ? f32x4.splat(0) : v128.load(bias + column, 16);
  let x0 = x;
  let x1 = x + xStep;
  let x2 = x1 + xStep;
  let x3 = x2 + xStep;
  let x4 = x3 + xStep;
  let x5 = x4 + xStep;
  let a0 = start0, a1 = start0, a2 = start0, a3 = start0, a4 = start0, a5 = start0;
  let b0 = start1, b1 = start1, b2 = start1, b3 = start1, b4 = start1, b5 = start1;
  w += column;
  do {
    const w0 = v128.load(w);
    const w1 = wide ? v128.load(w, 16) : w0;
    w += yStep;
    let value = v128.load32_splat(x0);
    a0 = multiplyAdd(value, w0, a0);
    if (wide) b0 = multiplyAdd(value, w1, b0);
    x0 += 4;
    if (rows == 6) {
      value = v128.load32_splat(x1);
      a1 = multiplyAdd(value, w0, a1);
      if (wide) b1 = multiplyAdd(value, w1, b1);
      x1 += 4;
      value = v128.load32_splat(x2);
      a2 = multiplyAdd(value, w0, a2);
      if (wide) b2 = multiplyAdd(value, w1, b2);
      x2 += 4;
      value = v128.load32_splat(x3);
      a3 = multiplyAdd(value, w0, a3);
      if (wide) b3 = multiplyAdd(value, w1, b3);
      x3 += 4;
      value = v128.load32_splat(x4);
      a4 = multiplyAdd(value, w0, a4);
      if (wide) b4 = multiplyAdd(value, w1, b4);
      x4 += 4;
      value = v128.load32_splat(x5);
      a5 = multiplyAdd(value, w0, a5);
      if (wide) b5 = multiplyAdd(value, w1, b5);
      x5 += 4;
    }
  } while (--depth);
  let to = y + column;
  let at = mask + column;
  const masked = mask != 0;
  finish(wide, a0, b0, to, at, masked, relu);
  if (rows == 6) {
    finish(wide, a1, b1, (to += yStep), (at += yStep), masked, relu);
    finish(wide, a2, b2, (to += yStep), (at += yStep), masked, relu);
    finish(wide, a3, b3, (to += yStep), (at += yStep), masked, relu);
    finish(wide, a4, b4, (to += yStep), (at += yStep), masked, relu);
    finish(wide, a5, b5, (to += yStep), (at += yStep), masked, relu);
  }
}

/** Stores sums after a ReLU, which NaN passes, or where the mask is positive. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function finish(wide: bool, sum0: v128, sum1: v128, to: usize, mask: usize, masked: bool, relu: bool): void {
  const zero = f32x4.splat(0);
  if (relu) {
    sum0 = f32x4.pmax(sum0, zero);
    if (wide) sum1 = f32x4.pmax(sum1, zero);
  } else if (masked) {
    sum0 = v128.and(sum0, f32x4.gt(v128.load(mask), zero));
    if (wide) sum1 = v128.and(sum1, f32x4.gt(v128.load(mask, 16), zero));
  }
  v128.store(to, sum0);
  if (wide) v128.store(to, sum1, 16);
}

/** g = xᵀ · d, or that added to g, `[xStep / 4, dStep / 4]`. */
export function multiplyLayerTransposed(
  x: usize, xStep: usize, d: usize, dStep: usize, g: usize, rows: i32, add: bool,
): void {
  // Sixes and fours make up any multiple of four.
  let rest = xStep >> 2;
  while (rest > 0) {
    const six = rest % 6 == 0 || rest >= 14;
    let column: usize = 0;
    for (; column + 32 <= dStep; column += 32) {
      if (six) transposedTile(6, true, x, xStep, d, dStep, g, rows, column, add);
      else transposedTile(4, true, x, xStep, d, dStep, g, rows, column, add);
    }
    if (column < dStep) {
      if (six) transposedTile(6, false, x, xStep, d, dStep, g, rows, column, add);
      else transposedTile(4, false, x, xStep, d, dStep, g, rows, column, add);
    }
    const taken: usize = six ? 6 : 4;
    x += taken << 2;
    g += taken * dStep;
    rest -= taken;
  }
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function transposedTile(
  features: i32, wide: bool, x: usize, xStep: usize, d: usize, dStep: usize, g: usize, rows: i32, column: usize, add: bool,
): void {
  const g0 = g + column;
  const g1 = g0 + dStep;
  const g2 = g1 + dStep;
  const g3 = g2 + dStep;
  const g4 = g3 + dStep;
  const g5 = g4 + dStep;
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
  let b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero;
  if (add) {
    a0 = v128.load(g0);
    a1 = v128.load(g1);
    a2 = v128.load(g2);
    a3 = v128.load(g3);
    if (wide) {
      b0 = v128.load(g0, 16);
      b1 = v128.load(g1, 16);
      b2 = v128.load(g2, 16);
      b3 = v128.load(g3, 16);
    }
    if (features == 6) {
      a4 = v128.load(g4);
      a5 = v128.load(g5);
      if (wide) {
        b4 = v128.load(g4, 16);
        b5 = v128.load(g5, 16);
      }
    }
  }
  d += column;
  do {
    const d0 = v128.load(d);
    const d1 = wide ? v128.load(d, 16) : d0;
    let value = v128.load32_splat(x);
    a0 = multiplyAdd(value, d0, a0);
    if (wide) b0 = multiplyAdd(value, d1, b0);
    value = v128.load32_splat(x, 4);
    a1 = multiplyAdd(value, d0, a1);
    if (wide) b1 = multiplyAdd(value, d1, b1);
    value = v128.load32_splat(x, 8);
    a2 = multiplyAdd(value, d0, a2);
    if (wide) b2 = multiplyAdd(value, d1, b2);
    value = v128.load32_splat(x, 12);
    a3 = multiplyAdd(value, d0, a3);
    if (wide) b3 = multiplyAdd(value, d1, b3);
    if (features == 6) {
      value = v128.load32_splat(x, 16);
      a4 = multiplyAdd(value, d0, a4);
      if (wide) b4 = multiplyAdd(value, d1, b4);
      value = v128.load32_splat(x, 20);
      a5 = multiplyAdd(value, d0, a5);
      if (wide) b5 = multiplyAdd(value, d1, b5);
    }
    x += xStep;
    d += dStep;
  } while (--rows);
  v128.store(g0, a0);
  v128.store(g1, a1);
  v128.store(g2, a2);
  v128.store(g3, a3);
  if (wide) {
    v128.store(g0, b0, 16);
    v128.store(g1, b1, 16);
    v128.store(g2, b2, 16);
    v128.store(g3, b3, 16);
  }
  if (features == 6) {
    v128.store(g4, a4);
    v128.store(g5, a5);
    if (wide) {
      v128.store(g4, b4, 16);
      v128.store(g5, b5, 16);
    }
  }
}

/** Column sums of d `[rows, step / 4]`, or those added to `out`. */
export function sumRows(d: usize, step: usize, out: usize, rows: i32, add: bool): void {
  for (let column: usize = 0; column < step; column += 16) {
    let sum = add ? v128.load(out + column) : f32x4.splat(0);
    let at = d + column;
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(at));
      at += step;
    }
    v128.store(out + column, sum);
  }
}
