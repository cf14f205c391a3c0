/**
 * Multilayer perceptrons with ReLUs, forwards and backwards. Examples go through all layers a block at a time, so that what
 * stands between two layers stays in the first-level cache. Matrices are row-major float32, their rows padded with zeros to a
 * multiple of four, so there are no ragged columns. Each output is one sum in rising order, a gradient's sum going on from
 * block to block: its bits depend neither on the blocks nor on what stands beside it.
 */
import {sigmoidOf} from './logistic';
import {loadPart, multiplyAdd, storePart} from './vectors';

/** Examples in a block: whole tiles of six, and few enough for the first-level cache. */
const BLOCK: i32 = 60;

// An entry of a table describes a level of a network, the inputs being the first: 32-bit numbers at these bytes.
const ENTRY: usize = 36;
const WIDTH: usize = 0;
const STRIDE: usize = 4;
/** Values of the level, `[rows, stride]`, or of one block where they are not kept. */
const VALUES: usize = 8;
/** Bytes from one row of the values to the next; 0 where blocks follow each other in one place. */
const STEP: usize = 12;
/** Weights that lead to the level, `[width of the level before, stride]`, and the same turned, `[width, stride of it]`. */
const KERNEL: usize = 16;
const BIAS: usize = 20;
const TURNED: usize = 24;
/** Sums of gradients of weights, `[stride of the level before, stride]`, and of biases. */
const KERNEL_SLOPE: usize = 28;
const BIAS_SLOPE: usize = 32;

// @ts-expect-error: decorator of AssemblyScript
@inline
function field(entry: usize, name: usize): usize {
  return load<usize>(entry + name);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function valuesOf(entry: usize, first: i32): usize {
  return field(entry, VALUES) + <usize>first * field(entry, STEP);
}

/** Values of every level of the table from those of the first. */
export function forward(table: usize, levels: i32, rows: i32): void {
  for (let first = 0; first < rows; first += BLOCK) forwardBlock(table, levels, first, min(BLOCK, rows - first));
}

/**
 * Gradients of weights and biases from the slopes `dy` of the last level, `[rows, width]`; `current` and `other` have room
 * for a block of the widest level each.
 */
export function backward(table: usize, levels: i32, rows: i32, dy: usize, current: usize, other: usize): void {
  const last = table + <usize>(levels - 1) * ENTRY;
  const width = <i32>field(last, WIDTH);
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first);
    pad(dy + (<usize>(first * width) << 2), current, count, width, <i32>field(last, STRIDE));
    backwardBlock(table, levels, first, count, current, other);
  }
}

/**
 * Gradients of weights and biases of Σ weight · softplus(−target · z), z being the one value of the last level: forwards
 * and backwards block by block, so that no level is kept. `x` has the inputs, `[rows, width]`.
 */
export function logisticGradient(
  table: usize, levels: i32, rows: i32, x: usize, targets: usize, weights: usize, current: usize, other: usize,
): void {
  const last = table + <usize>(levels - 1) * ENTRY;
  const width = <i32>field(table, WIDTH);
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first);
    pad(x + (<usize>(first * width) << 2), field(table, VALUES), count, width, <i32>field(table, STRIDE));
    forwardBlock(table, levels, first, count);
    logisticSlopes(field(last, VALUES), targets, weights, current, count);
    backwardBlock(table, levels, first, count, current, other);
    targets += <usize>count << 2;
    weights += <usize>count << 2;
  }
}

function forwardBlock(table: usize, levels: i32, first: i32, count: i32): void {
  let entry = table;
  for (let level = 1; level < levels; level++) {
    const next = entry + ENTRY;
    const hidden = level + 1 < levels;
    multiplyLayer(
      valuesOf(entry, first), <i32>field(entry, WIDTH), field(entry, STRIDE) << 2, field(next, KERNEL),
      field(next, STRIDE) << 2, field(next, BIAS), 0, valuesOf(next, first), count, hidden,
    );
    entry = next;
  }
}

/** Adds a block's part to the gradients; `current` has the slopes of the last level. */
function backwardBlock(table: usize, levels: i32, first: i32, count: i32, current: usize, other: usize): void {
  const add = first > 0;
  let entry = table + <usize>(levels - 1) * ENTRY;
  for (let level = levels - 1; level > 0; level--) {
    const before = entry - ENTRY;
    const x = valuesOf(before, first);
    const xStep = field(before, STRIDE) << 2;
    const dStep = field(entry, STRIDE) << 2;
    multiplyLayerTransposed(x, xStep, current, dStep, field(entry, KERNEL_SLOPE), count, add);
    sumRows(current, dStep, field(entry, BIAS_SLOPE), count, add);
    if (level > 1) {
      const depth = <i32>field(entry, WIDTH);
      multiplyLayer(current, depth, dStep, field(entry, TURNED), xStep, 0, x, other, count, false);
      const swap = current;
      current = other;
      other = swap;
    }
    entry = before;
  }
}

/** −weight · target · sigmoid(−target · z) of each row of `[rows, 4]`, of which the first column counts, in the same form. */
function logisticSlopes(z: usize, targets: usize, weights: usize, out: usize, rows: i32): void {
  // The room of a block is whole fours of rows.
  for (; rows > 0; rows -= 4) {
    let values = v128.load32_zero(z);
    values = v128.load_lane<f32>(z, values, 1, 16);
    values = v128.load_lane<f32>(z, values, 2, 32);
    values = v128.load_lane<f32>(z, values, 3, 48);
    const against = f32x4.neg(loadPart(targets, rows));
    const slopes = f32x4.mul(f32x4.mul(loadPart(weights, rows), against), sigmoidOf(f32x4.mul(against, values)));
    const zero = f32x4.splat(0);
    v128.store(out, v128.shuffle<f32>(slopes, zero, 0, 4, 4, 4));
    v128.store(out, v128.shuffle<f32>(slopes, zero, 1, 4, 4, 4), 16);
    v128.store(out, v128.shuffle<f32>(slopes, zero, 2, 4, 4, 4), 32);
    v128.store(out, v128.shuffle<f32>(slopes, zero, 3, 4, 4, 4), 48);
    z += 64;
    targets += 16;
    weights += 16;
    out += 64;
  }
}

/** y = x · w + bias, then a ReLU, or zero where `mask` (of the shape of y) is not positive; bias and mask may be 0. */
function multiplyLayer(
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
function multiplyLayerTransposed(
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
function sumRows(d: usize, step: usize, out: usize, rows: i32, add: bool): void {
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

/** Copies `[rows, width]` into `[rows, stride]`, zeros to the right. */
export function pad(source: usize, target: usize, rows: i32, width: i32, stride: i32): void {
  for (; rows > 0; rows--) {
    let at = source;
    for (let rest = width; rest > 0; rest -= 4) {
      v128.store(target, rest >= 4 ? v128.load(at) : loadPart(at, rest));
      at += 16;
      target += 16;
    }
    source += <usize>width << 2;
  }
}

/** Copies the transpose of `[rows, width]` into `[width, stride]`, zeros to the right of its `rows` columns. */
export function padTransposed(source: usize, target: usize, rows: i32, width: i32, stride: i32): void {
  const from = <usize>width << 2;
  const step = <usize>stride << 2;
  for (; rows > 0; rows -= 4) {
    let at = source;
    let to = target;
    for (let rest = width; rest > 0; rest -= 4) {
      const a = loadPart(at, rest);
      const b = rows > 1 ? loadPart(at + from, rest) : f32x4.splat(0);
      const c = rows > 2 ? loadPart(at + 2 * from, rest) : f32x4.splat(0);
      const d = rows > 3 ? loadPart(at + 3 * from, rest) : f32x4.splat(0);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
      if (rest > 1) v128.store(to + step, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
      if (rest > 2) {
        const upper = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const lower = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        v128.store(to + 2 * step, v128.shuffle<f32>(upper, lower, 0, 1, 4, 5));
        if (rest > 3) v128.store(to + 3 * step, v128.shuffle<f32>(upper, lower, 2, 3, 6, 7));
      }
      at += 16;
      to += 4 * step;
    }
    source += 4 * from;
    target += 16;
  }
}

/** Copies the first `width` columns of `[rows, stride]` into `[rows, width]`. */
export function unpad(source: usize, target: usize, rows: i32, width: i32, stride: i32): void {
  for (; rows > 0; rows--) {
    let at = source;
    let to = target;
    for (let rest = width; rest > 0; rest -= 4) {
      const values = v128.load(at);
      if (rest >= 4) v128.store(to, values);
      else storePart(to, values, rest);
      at += 16;
      to += 16;
    }
    source += <usize>stride << 2;
    target += <usize>width << 2;
  }
}
