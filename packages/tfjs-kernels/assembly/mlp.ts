/**
 * Products of multilayer perceptrons that fit the cache. Matrices are row-major float32, their rows padded with zeros to
 * a multiple of four, so there are no ragged columns. Each output is one sum in a fixed order: its bits depend neither on
 * the number of rows beside it nor on its place among them.
 */
import {multiplyAdd} from './vectors';

/** Stores a sum after a ReLU, or where `mask` (when not 0) points to a positive number. NaN passes the ReLU. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function finish(sum: v128, out: usize, mask: usize, relu: bool): void {
  const zero = f32x4.splat(0);
  if (relu) sum = f32x4.max(sum, zero);
  if (mask) sum = v128.and(sum, f32x4.gt(v128.load(mask), zero));
  v128.store(out, sum);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function offset(pointer: usize, bytes: usize): usize {
  return pointer ? pointer + bytes : 0;
}

/**
 * y = x · w + bias, `[rows, width]`, with x `[rows, xStride]` of which `depth` columns count, w `[depth, width]`.
 * `bias` and `mask` may be 0; `mask` has the shape of y.
 */
export function multiplyLayer(
  x: usize,
  w: usize,
  bias: usize,
  mask: usize,
  y: usize,
  rows: i32,
  depth: i32,
  xStride: i32,
  width: i32,
  relu: bool,
): void {
  const xStep = (<usize>xStride) << 2;
  const yStep = (<usize>width) << 2;
  const end = (<usize>depth) << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const x0 = x + <usize>row * xStep;
    const x1 = x0 + xStep;
    const x2 = x1 + xStep;
    const x3 = x2 + xStep;
    const first = <usize>row * yStep;
    let column: usize = 0;
    for (; column + 32 <= yStep; column += 32) {
      let a0 = bias ? v128.load(bias + column) : f32x4.splat(0);
      let b0 = bias ? v128.load(bias + column, 16) : f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b1 = b0;
      let b2 = b0;
      let b3 = b0;
      let weights = w + column;
      for (let k: usize = 0; k < end; k += 4) {
        const w0 = v128.load(weights);
        const w1 = v128.load(weights, 16);
        let value = v128.load32_splat(x0 + k);
        a0 = multiplyAdd(value, w0, a0);
        b0 = multiplyAdd(value, w1, b0);
        value = v128.load32_splat(x1 + k);
        a1 = multiplyAdd(value, w0, a1);
        b1 = multiplyAdd(value, w1, b1);
        value = v128.load32_splat(x2 + k);
        a2 = multiplyAdd(value, w0, a2);
        b2 = multiplyAdd(value, w1, b2);
        value = v128.load32_splat(x3 + k);
        a3 = multiplyAdd(value, w0, a3);
        b3 = multiplyAdd(value, w1, b3);
        weights += yStep;
      }
      let at = first + column;
      finish(a0, y + at, offset(mask, at), relu);
      finish(b0, y + at + 16, offset(mask, at + 16), relu);
      at += yStep;
      finish(a1, y + at, offset(mask, at), relu);
      finish(b1, y + at + 16, offset(mask, at + 16), relu);
      at += yStep;
      finish(a2, y + at, offset(mask, at), relu);
      finish(b2, y + at + 16, offset(mask, at + 16), relu);
      at += yStep;
      finish(a3, y + at, offset(mask, at), relu);
      finish(b3, y + at + 16, offset(mask, at + 16), relu);
    }
    if (column < yStep) {
      let a0 = bias ? v128.load(bias + column) : f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let weights = w + column;
      for (let k: usize = 0; k < end; k += 4) {
        const w0 = v128.load(weights);
        a0 = multiplyAdd(v128.load32_splat(x0 + k), w0, a0);
        a1 = multiplyAdd(v128.load32_splat(x1 + k), w0, a1);
        a2 = multiplyAdd(v128.load32_splat(x2 + k), w0, a2);
        a3 = multiplyAdd(v128.load32_splat(x3 + k), w0, a3);
        weights += yStep;
      }
      let at = first + column;
      finish(a0, y + at, offset(mask, at), relu);
      at += yStep;
      finish(a1, y + at, offset(mask, at), relu);
      at += yStep;
      finish(a2, y + at, offset(mask, at), relu);
      at += yStep;
      finish(a3, y + at, offset(mask, at), relu);
    }
  }
  for (; row < rows; row++) {
    const x0 = x + <usize>row * xStep;
    for (let column: usize = 0; column < yStep; column += 16) {
      let sum = bias ? v128.load(bias + column) : f32x4.splat(0);
      let weights = w + column;
      for (let k: usize = 0; k < end; k += 4) {
        sum = multiplyAdd(v128.load32_splat(x0 + k), v128.load(weights), sum);
        weights += yStep;
      }
      const at = <usize>row * yStep + column;
      finish(sum, y + at, offset(mask, at), relu);
    }
  }
}

/** g = xᵀ · d, `[xStride, width]`, with x `[rows, xStride]` and d `[rows, width]`. */
export function multiplyLayerTransposed(x: usize, d: usize, g: usize, rows: i32, xStride: i32, width: i32): void {
  const xStep = (<usize>xStride) << 2;
  const dStep = (<usize>width) << 2;
  for (let i: usize = 0; i < xStep; i += 16) {
    let out = g + (i >> 2) * dStep;
    let column: usize = 0;
    for (; column + 32 <= dStep; column += 32) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      let xs = x + i;
      let ds = d + column;
      for (let row = 0; row < rows; row++) {
        const d0 = v128.load(ds);
        const d1 = v128.load(ds, 16);
        let value = v128.load32_splat(xs);
        a0 = multiplyAdd(value, d0, a0);
        b0 = multiplyAdd(value, d1, b0);
        value = v128.load32_splat(xs, 4);
        a1 = multiplyAdd(value, d0, a1);
        b1 = multiplyAdd(value, d1, b1);
        value = v128.load32_splat(xs, 8);
        a2 = multiplyAdd(value, d0, a2);
        b2 = multiplyAdd(value, d1, b2);
        value = v128.load32_splat(xs, 12);
        a3 = multiplyAdd(value, d0, a3);
        b3 = multiplyAdd(value, d1, b3);
        xs += xStep;
        ds += dStep;
      }
      v128.store(out, a0);
      v128.store(out, b0, 16);
      v128.store(out + dStep, a1);
      v128.store(out + dStep, b1, 16);
      v128.store(out + 2 * dStep, a2);
      v128.store(out + 2 * dStep, b2, 16);
      v128.store(out + 3 * dStep, a3);
      v128.store(out + 3 * dStep, b3, 16);
      out += 32;
    }
    if (column < dStep) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let xs = x + i;
      let ds = d + column;
      for (let row = 0; row < rows; row++) {
        const d0 = v128.load(ds);
        a0 = multiplyAdd(v128.load32_splat(xs), d0, a0);
        a1 = multiplyAdd(v128.load32_splat(xs, 4), d0, a1);
        a2 = multiplyAdd(v128.load32_splat(xs, 8), d0, a2);
        a3 = multiplyAdd(v128.load32_splat(xs, 12), d0, a3);
        xs += xStep;
        ds += dStep;
      }
      v128.store(out, a0);
      v128.store(out + dStep, a1);
      v128.store(out + 2 * dStep, a2);
      v128.store(out + 3 * dStep, a3);
    }
  }
}

/** Column sums of d `[rows, width]`. */
export function sumRows(d: usize, out: usize, rows: i32, width: i32): void {
  const step = (<usize>width) << 2;
  for (let column: usize = 0; column < step; column += 16) {
    let sum = f32x4.splat(0);
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
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < stride; column++) {
      store<f32>(target, column < width ? load<f32>(source + ((<usize>column) << 2)) : 0);
      target += 4;
    }
    source += (<usize>width) << 2;
  }
}

/** Copies the transpose of `[rows, width]` into `[width, stride]`, zeros to the right of its `rows` columns. */
export function padTransposed(source: usize, target: usize, rows: i32, width: i32, stride: i32): void {
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < stride; row++) {
      store<f32>(target, row < rows ? load<f32>(source + ((<usize>(row * width + column)) << 2)) : 0);
      target += 4;
    }
  }
}

/** Copies the first `width` columns of `[rows, stride]` into `[rows, width]`. */
export function unpad(source: usize, target: usize, rows: i32, width: i32, stride: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      store<f32>(target, load<f32>(source + ((<usize>column) << 2)));
      target += 4;
    }
    source += (<usize>stride) << 2;
  }
}
