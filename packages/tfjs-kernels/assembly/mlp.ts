/**
 * Multilayer perceptrons with ReLUs, forwards and backwards. Examples go through all layers a block at a time, so that what
 * stands between two layers stays in the first-level cache. Matrices are row-major float32, their rows padded with zeros to a
 * multiple of four, so there are no ragged columns. Each output is one sum in rising order, a gradient's sum going on from
 * block to block: its bits depend neither on the blocks nor on what stands beside it.
 */
import {sigmoidOf} from './logistic';
import {multiplyLayer, multiplyLayerTransposed, sumRows} from './mlp-layers';
import {pad} from './padding';
import {loadPart} from './vectors';

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
