/** Copies of A and B in the order in which the tiles read them. */
import {loadPart} from './vectors';

/** Floats of a row of the panels that `columns` columns are cut into: eights, and a four where it holds the rest. */
// @ts-expect-error: decorator of AssemblyScript
@inline
export function panelWidth(columns: i32): i32 {
  return columns > 4 ? 8 : 4;
}

/**
 * B, `[depth, columns]`, as panels `[totalDepth, 8 or 4]` one after another, of which it fills the rows from `first` on;
 * missing columns of the last panel are zero.
 *
 * @param kStep bytes from one row to the next
 * @param nStep bytes from one column to the next; one of the two steps is 4
 */
export function packColumns(
  from: usize, kStep: usize, nStep: usize, depth: i32, columns: i32, to: usize, first: i32, totalDepth: i32,
): void {
  while (columns > 0) {
    const width = panelWidth(columns);
    const step = <usize>width << 2;
    const start = to + <usize>first * step;
    if (nStep == 4) copyPanel(from, kStep, depth, columns, start, width);
    else transposePanel(from, nStep, depth, columns, start, width);
    to += <usize>totalDepth * step;
    from += nStep << 3;
    columns -= 8;
  }
}

function copyPanel(from: usize, kStep: usize, depth: i32, columns: i32, to: usize, width: i32): void {
  for (let k = 0; k < depth; k++) {
    if (columns >= 8) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    } else {
      v128.store(to, loadPart(from, columns));
      if (width == 8) v128.store(to, loadPart(from + 16, columns - 4), 16);
    }
    from += kStep;
    to += <usize>width << 2;
  }
}

function transposePanel(from: usize, nStep: usize, depth: i32, columns: i32, to: usize, width: i32): void {
  const step = <usize>width << 2;
  for (let n = 0; n < width; n += 4) {
    transposeFour(from, nStep, depth, min(columns - n, 4), to + (n << 2), step);
    from += nStep << 2;
  }
}

/** Up to four strided columns of `depth` contiguous floats, as `depth` rows of four. */
function transposeFour(from: usize, nStep: usize, depth: i32, columns: i32, to: usize, step: usize): void {
  const a = from;
  // A missing column is read from the first and replaced by zero.
  const b = columns > 1 ? from + nStep : from;
  const c = columns > 2 ? from + 2 * nStep : from;
  const d = columns > 3 ? from + 3 * nStep : from;
  const mask = i32x4(columns > 0 ? -1 : 0, columns > 1 ? -1 : 0, columns > 2 ? -1 : 0, columns > 3 ? -1 : 0);
  let k: usize = 0;
  const bytes = <usize>depth << 2;
  while (k + 16 <= bytes) {
    const va = v128.load(a + k);
    const vb = v128.load(b + k);
    const vc = v128.load(c + k);
    const vd = v128.load(d + k);
    const ab0 = v128.shuffle<f32>(va, vb, 0, 4, 1, 5);
    const ab1 = v128.shuffle<f32>(va, vb, 2, 6, 3, 7);
    const cd0 = v128.shuffle<f32>(vc, vd, 0, 4, 1, 5);
    const cd1 = v128.shuffle<f32>(vc, vd, 2, 6, 3, 7);
    v128.store(to, v128.and(v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5), mask));
    v128.store(to + step, v128.and(v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7), mask));
    v128.store(to + 2 * step, v128.and(v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5), mask));
    v128.store(to + 3 * step, v128.and(v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7), mask));
    k += 16;
    to += 4 * step;
  }
  while (k < bytes) {
    let row = v128.load32_zero(a + k);
    row = v128.load_lane<f32>(b + k, row, 1);
    row = v128.load_lane<f32>(c + k, row, 2);
    row = v128.load_lane<f32>(d + k, row, 3);
    v128.store(to, v128.and(row, mask));
    k += 4;
    to += step;
  }
}

/** The transpose of A, rows of `rows` values each `kStep` bytes apart, as panels `[depth, 6]`, the last filled with zeros. */
export function packRows(from: usize, kStep: usize, depth: i32, rows: i32, to: usize): void {
  while (rows > 0) {
    let row = from;
    for (let k = 0; k < depth; k++) {
      if (rows >= 6) {
        v128.store(to, v128.load(row));
        v128.store_lane<f64>(to, v128.load64_zero(row, 16), 0, 16);
      } else {
        v128.store(to, loadPart(row, rows));
        v128.store_lane<f64>(to, loadPart(row + 16, rows - 4), 0, 16);
      }
      row += kStep;
      to += 24;
    }
    from += 24;
    rows -= 6;
  }
}
