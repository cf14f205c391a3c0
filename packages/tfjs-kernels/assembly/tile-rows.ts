/**
 * Products of rows with a packed panel of B: six rows of A, each contiguous over k and each with its own pointer, times
 * eight (or four) columns. Rows may be those of a matrix or the receptive fields of a convolution. Every output is one sum
 * in rising order of k, whichever tile it falls into, so its bits depend on its row and column alone.
 */
import {accumulates, biasOf, finishRow, highest, lowest} from './epilogue';
import {multiplyAdd} from './vectors';

// Rows go along lines of an image, lines of `width` rows make images of `height` lines.
let width: i32 = 0;
let height: i32 = 0;
let aStep: usize = 0;
let aLineSkip: usize = 0;
let aImageSkip: usize = 0;
let cStep: usize = 0;
let cLineSkip: usize = 0;
let cImageSkip: usize = 0;

// k goes along `outer` · `inner` stretches of `length` floats.
let outer: i32 = 1;
let inner: i32 = 1;
let length: i32 = 0;
let outerSkip: usize = 0;
let innerSkip: usize = 0;

/** Where consecutive rows lie, in bytes; a skip is added to the step after each line, or each image. */
export function setRowWalk(
  rowsInLine: i32, linesInImage: i32,
  stepA: usize, lineSkipA: usize, imageSkipA: usize,
  stepC: usize, lineSkipC: usize, imageSkipC: usize,
): void {
  width = rowsInLine;
  height = linesInImage;
  aStep = stepA;
  aLineSkip = lineSkipA;
  aImageSkip = imageSkipA;
  cStep = stepC;
  cLineSkip = lineSkipC;
  cImageSkip = imageSkipC;
}

/** How k runs within a row of A; skips in bytes from the end of a stretch to the next. */
export function setDepthWalk(outerCount: i32, innerCount: i32, floats: i32, skipOuter: usize, skipInner: usize): void {
  outer = outerCount;
  inner = innerCount;
  length = floats;
  outerSkip = skipOuter;
  innerSkip = skipInner;
}

// The row that the walk has come to.
let rowA: usize = 0;
let rowC: usize = 0;
let x: i32 = 0;
let y: i32 = 0;

function nextRow(): void {
  rowA += aStep;
  rowC += cStep;
  if (--x > 0) return;
  x = width;
  rowA += aLineSkip;
  rowC += cLineSkip;
  if (--y > 0) return;
  y = height;
  rowA += aImageSkip;
  rowC += cImageSkip;
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function multiplyPanel(
  wide: bool, a: usize, b: usize, bStep: usize, c: usize, rows: i32, columns: i32, bias: usize,
): void {
  const add = accumulates();
  const least = lowest();
  const most = highest();
  const bias0 = biasOf(bias, columns);
  const bias1 = wide ? biasOf(bias == 0 ? 0 : bias + 16, columns - 4) : bias0;
  const zero = f32x4.splat(0);
  rowA = a;
  rowC = c;
  x = width;
  y = height;
  while (rows > 0) {
    // Rows beyond the last repeat it and are not stored.
    let a0 = rowA, a1 = rowA, a2 = rowA, a3 = rowA, a4 = rowA, a5 = rowA;
    let c0 = rowC, c1 = rowC, c2 = rowC, c3 = rowC, c4 = rowC, c5 = rowC;
    if (rows >= 6 && x > 6) {
      a1 = a0 + aStep;
      c1 = c0 + cStep;
      a2 = a1 + aStep;
      c2 = c1 + cStep;
      a3 = a2 + aStep;
      c3 = c2 + cStep;
      a4 = a3 + aStep;
      c4 = c3 + cStep;
      a5 = a4 + aStep;
      c5 = c4 + cStep;
      rowA = a5 + aStep;
      rowC = c5 + cStep;
      x -= 6;
    } else {
      if (rows > 1) nextRow();
      a1 = rowA;
      c1 = rowC;
      if (rows > 2) nextRow();
      a2 = rowA;
      c2 = rowC;
      if (rows > 3) nextRow();
      a3 = rowA;
      c3 = rowC;
      if (rows > 4) nextRow();
      a4 = rowA;
      c4 = rowC;
      if (rows > 5) nextRow();
      a5 = rowA;
      c5 = rowC;
      nextRow();
    }
    let s00 = zero, s01 = zero,
      s10 = zero, s11 = zero,
      s20 = zero, s21 = zero,
      s30 = zero, s31 = zero,
      s40 = zero, s41 = zero,
      s50 = zero, s51 = zero;
    let k = b;
    let i = outer;
    do {
      let j = inner;
      do {
        let n = length;
        do {
          const y0 = v128.load(k);
          const y1 = wide ? v128.load(k, 16) : y0;
          k += bStep;
          let x0 = v128.load32_splat(a0);
          s00 = multiplyAdd(x0, y0, s00);
          if (wide) s01 = multiplyAdd(x0, y1, s01);
          a0 += 4;
          let x1 = v128.load32_splat(a1);
          s10 = multiplyAdd(x1, y0, s10);
          if (wide) s11 = multiplyAdd(x1, y1, s11);
          a1 += 4;
          let x2 = v128.load32_splat(a2);
          s20 = multiplyAdd(x2, y0, s20);
          if (wide) s21 = multiplyAdd(x2, y1, s21);
          a2 += 4;
          let x3 = v128.load32_splat(a3);
          s30 = multiplyAdd(x3, y0, s30);
          if (wide) s31 = multiplyAdd(x3, y1, s31);
          a3 += 4;
          let x4 = v128.load32_splat(a4);
          s40 = multiplyAdd(x4, y0, s40);
          if (wide) s41 = multiplyAdd(x4, y1, s41);
          a4 += 4;
          let x5 = v128.load32_splat(a5);
          s50 = multiplyAdd(x5, y0, s50);
          if (wide) s51 = multiplyAdd(x5, y1, s51);
          a5 += 4;
        } while (--n);
        a0 += innerSkip;
        a1 += innerSkip;
        a2 += innerSkip;
        a3 += innerSkip;
        a4 += innerSkip;
        a5 += innerSkip;
      } while (--j);
      a0 += outerSkip;
      a1 += outerSkip;
      a2 += outerSkip;
      a3 += outerSkip;
      a4 += outerSkip;
      a5 += outerSkip;
    } while (--i);
    finishRow(wide, add, c0, columns, s00, s01, bias0, bias1, least, most);
    if (rows > 1) finishRow(wide, add, c1, columns, s10, s11, bias0, bias1, least, most);
    if (rows > 2) finishRow(wide, add, c2, columns, s20, s21, bias0, bias1, least, most);
    if (rows > 3) finishRow(wide, add, c3, columns, s30, s31, bias0, bias1, least, most);
    if (rows > 4) finishRow(wide, add, c4, columns, s40, s41, bias0, bias1, least, most);
    if (rows > 5) finishRow(wide, add, c5, columns, s50, s51, bias0, bias1, least, most);
    rows -= 6;
  }
}

/** `rows` rows from `a`, times a panel of up to eight columns (`bStep` bytes from k to k + 1), to `c`. */
export function rowsTimesPanel8(a: usize, b: usize, bStep: usize, c: usize, rows: i32, columns: i32, bias: usize): void {
  multiplyPanel(true, a, b, bStep, c, rows, columns, bias);
}

/** The same for up to four columns. */
export function rowsTimesPanel4(a: usize, b: usize, bStep: usize, c: usize, rows: i32, columns: i32, bias: usize): void {
  multiplyPanel(false, a, b, bStep, c, rows, columns, bias);
}
