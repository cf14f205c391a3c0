/**
 * Matrix products A·B, B in packed panels. k is cut into equal blocks of at most 512: each block is summed in rising order
 * from zero, and the blocks are added in order. That order depends on the depth alone, so bits do not depend on the number
 * of rows, columns or products.
 */
import {setEpilogue} from './epilogue';
import {packColumns, packRows, panelWidth} from './pack';
import {columnsTimesPanel4, columnsTimesPanel8, setColumnWalk} from './tile-columns';
import {rowsTimesPanel4, rowsTimesPanel8, setDepthWalk, setRowWalk} from './tile-rows';

const DEPTH_BLOCK: i32 = 512;
const COLUMN_BLOCK: i32 = 256;
const ROW_BLOCK: i32 = 96;
/** From this distance between rows on, a transposed A is packed: its rows would compete for few cache lines. */
const FAR: usize = 1024;

/** Bytes of scratch that {@link multiply} needs at most. */
export function multiplyScratch(depth: i32, columns: i32): usize {
  const block = min(depth, DEPTH_BLOCK);
  return (block * (((min(columns, COLUMN_BLOCK) + 7) & ~7) + ROW_BLOCK)) << 2;
}

/**
 * `products` products, each `[rows, depth]` times `[depth, columns]`, to contiguous `[rows, columns]`; steps in bytes, and
 * a product's step 0 where operands are shared. One of aRow and aDepth is 4, and so of bDepth and bColumn.
 *
 * @param bias a row to add to every row, or 0
 * @param scratch see {@link multiplyScratch}
 */
export function multiply(
  products: i32, rows: i32, columns: i32, depth: i32,
  a: usize, aProduct: usize, aRow: usize, aDepth: usize,
  b: usize, bProduct: usize, bDepth: usize, bColumn: usize,
  bias: usize, biasProduct: usize, low: f32, high: f32,
  c: usize, scratch: usize,
): void {
  for (let i = 0; i < products; i++) {
    multiplyOne(rows, columns, depth, a, aRow, aDepth, b, bDepth, bColumn, bias, low, high, c, scratch);
    a += aProduct;
    b += bProduct;
    bias += biasProduct;
    c += <usize>rows * columns << 2;
  }
}

function multiplyOne(
  rows: i32, columns: i32, depth: i32, a: usize, aRow: usize, aDepth: usize, b: usize, bDepth: usize, bColumn: usize,
  bias: usize, low: f32, high: f32, c: usize, scratch: usize,
): void {
  const blocks = (depth + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
  const block = (depth + blocks - 1) / blocks;
  const cRow = <usize>columns << 2;
  for (let k = 0; k < depth; k += block) {
    const size = min(block, depth - k);
    const last = k + size == depth;
    setEpilogue(k > 0, last ? low : -Infinity, last ? high : Infinity);
    for (let n = 0; n < columns; n += COLUMN_BLOCK) {
      const width = min(COLUMN_BLOCK, columns - n);
      const bBlock = b + <usize>k * bDepth + <usize>n * bColumn;
      packColumns(bBlock, bDepth, bColumn, size, width, scratch, 0, size);
      const free = scratch + (<usize>size * ((width + 7) & ~7) << 2);
      for (let m = 0; m < rows; m += ROW_BLOCK) {
        const aBlock = a + <usize>m * aRow + <usize>k * aDepth;
        const cBlock = c + <usize>m * cRow + (<usize>n << 2);
        const biasBlock = last && bias != 0 ? bias + (<usize>n << 2) : 0;
        const height = min(ROW_BLOCK, rows - m);
        if (aDepth == 4) rowBlock(aBlock, aRow, scratch, cBlock, cRow, height, width, size, biasBlock);
        else columnBlock(aBlock, aDepth, scratch, cBlock, cRow, height, width, size, biasBlock, free);
      }
    }
  }
}

function rowBlock(
  a: usize, aRow: usize, panels: usize, c: usize, cRow: usize, rows: i32, columns: i32, depth: i32, bias: usize,
): void {
  setRowWalk(i32.MAX_VALUE, 1, aRow, 0, 0, cRow, 0, 0);
  setDepthWalk(1, 1, depth, 0, 0);
  while (columns > 0) {
    const width = panelWidth(columns);
    if (width == 8) rowsTimesPanel8(a, panels, 32, c, rows, min(columns, 8), bias);
    else rowsTimesPanel4(a, panels, 16, c, rows, columns, bias);
    panels += <usize>depth * width << 2;
    if (bias != 0) bias += 32;
    c += 32;
    columns -= 8;
  }
}

function columnBlock(
  a: usize, aDepth: usize, panels: usize, c: usize, cRow: usize, rows: i32, columns: i32, depth: i32, bias: usize,
  free: usize,
): void {
  let tile: usize = 24;
  let overlap = true;
  if (rows < 6 || aDepth >= FAR) {
    packRows(a, aDepth, depth, rows, free);
    a = free;
    aDepth = 24;
    tile = <usize>depth * 24;
    overlap = false;
  }
  setColumnWalk(1, 1, depth, aDepth, 0, 0);
  while (columns > 0) {
    const width = panelWidth(columns);
    if (width == 8) columnsTimesPanel8(a, tile, overlap, panels, 32, c, cRow, rows, min(columns, 8), bias);
    else columnsTimesPanel4(a, tile, overlap, panels, 16, c, cRow, rows, columns, bias);
    panels += <usize>depth * width << 2;
    if (bias != 0) bias += 32;
    c += 32;
    columns -= 8;
  }
}
