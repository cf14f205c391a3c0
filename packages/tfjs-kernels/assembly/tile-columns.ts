/**
 * Products of the transpose of A with a panel of B: A holds six or more neighbouring values for each k, k being strided
 * (a transposed matrix, a packed block, or the pixels that a filter's gradient sums over). Every output is one sum in
 * rising order of k, as in `tile-rows`.
 */
import {accumulates, biasOf, finishRow, highest, lowest} from './epilogue';
import {multiplyAdd} from './vectors';

// k goes along `outer` · `inner` stretches of `length` steps.
let outer: i32 = 1;
let inner: i32 = 1;
let length: i32 = 0;
let aStep: usize = 0;
let aInnerSkip: usize = 0;
let aOuterSkip: usize = 0;

/** How k runs through A, in bytes; a skip is added to the step after each stretch. */
export function setColumnWalk(
  outerCount: i32, innerCount: i32, steps: i32,
  stepA: usize, innerSkipA: usize, outerSkipA: usize,
): void {
  outer = outerCount;
  inner = innerCount;
  length = steps;
  aStep = stepA;
  aInnerSkip = innerSkipA;
  aOuterSkip = outerSkipA;
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function multiplyPanel(
  wide: bool, a: usize, aTile: usize, overlap: bool, b: usize, bStep: usize, c: usize, cStep: usize,
  rows: i32, columns: i32, bias: usize,
): void {
  const add = accumulates();
  const least = lowest();
  const most = highest();
  const bias0 = biasOf(bias, columns);
  const bias1 = wide ? biasOf(bias == 0 ? 0 : bias + 16, columns - 4) : bias0;
  const zero = f32x4.splat(0);
  let skip = 0;
  while (rows > 0) {
    if (overlap && rows < 6) {
      // The last tile reaches back into the one before, so that nothing beyond A is read.
      skip = 6 - rows;
      a -= <usize>skip << 2;
      c -= <usize>skip * cStep;
      rows = 6;
    }
    let s00 = zero, s01 = zero,
      s10 = zero, s11 = zero,
      s20 = zero, s21 = zero,
      s30 = zero, s31 = zero,
      s40 = zero, s41 = zero,
      s50 = zero, s51 = zero;
    let k = b;
    let p = a;
    let i = outer;
    do {
      let j = inner;
      do {
        let n = length;
        do {
          const y0 = v128.load(k);
          const y1 = wide ? v128.load(k, 16) : y0;
          k += bStep;
          const x0 = v128.load32_splat(p, 0);
          s00 = multiplyAdd(x0, y0, s00);
          if (wide) s01 = multiplyAdd(x0, y1, s01);
          const x1 = v128.load32_splat(p, 4);
          s10 = multiplyAdd(x1, y0, s10);
          if (wide) s11 = multiplyAdd(x1, y1, s11);
          const x2 = v128.load32_splat(p, 8);
          s20 = multiplyAdd(x2, y0, s20);
          if (wide) s21 = multiplyAdd(x2, y1, s21);
          const x3 = v128.load32_splat(p, 12);
          s30 = multiplyAdd(x3, y0, s30);
          if (wide) s31 = multiplyAdd(x3, y1, s31);
          const x4 = v128.load32_splat(p, 16);
          s40 = multiplyAdd(x4, y0, s40);
          if (wide) s41 = multiplyAdd(x4, y1, s41);
          const x5 = v128.load32_splat(p, 20);
          s50 = multiplyAdd(x5, y0, s50);
          if (wide) s51 = multiplyAdd(x5, y1, s51);
          p += aStep;
        } while (--n);
        p += aInnerSkip;
      } while (--j);
      p += aOuterSkip;
    } while (--i);
    if (skip <= 0 && rows > 0) finishRow(wide, add, c + 0 * cStep, columns, s00, s01, bias0, bias1, least, most);
    if (skip <= 1 && rows > 1) finishRow(wide, add, c + 1 * cStep, columns, s10, s11, bias0, bias1, least, most);
    if (skip <= 2 && rows > 2) finishRow(wide, add, c + 2 * cStep, columns, s20, s21, bias0, bias1, least, most);
    if (skip <= 3 && rows > 3) finishRow(wide, add, c + 3 * cStep, columns, s30, s31, bias0, bias1, least, most);
    if (skip <= 4 && rows > 4) finishRow(wide, add, c + 4 * cStep, columns, s40, s41, bias0, bias1, least, most);
    if (skip <= 5 && rows > 5) finishRow(wide, add, c + 5 * cStep, columns, s50, s51, bias0, bias1, least, most);
    rows -= 6;
    a += aTile;
    c += 6 * cStep;
  }
}

/**
 * The transpose of A, `rows` values for each k, times a panel of up to eight columns, to `c`.
 *
 * @param aTile bytes from six values of A to the next six
 * @param overlap whether A ends with its last row (of at least six), rather than being padded to a multiple of six
 */
export function columnsTimesPanel8(
  a: usize, aTile: usize, overlap: bool, b: usize, bStep: usize, c: usize, cStep: usize,
  rows: i32, columns: i32, bias: usize,
): void {
  multiplyPanel(true, a, aTile, overlap, b, bStep, c, cStep, rows, columns, bias);
}

/** The same for up to four columns. */
export function columnsTimesPanel4(
  a: usize, aTile: usize, overlap: bool, b: usize, bStep: usize, c: usize, cStep: usize,
  rows: i32, columns: i32, bias: usize,
): void {
  multiplyPanel(false, a, aTile, overlap, b, bStep, c, cStep, rows, columns, bias);
}
