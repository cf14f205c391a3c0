/** What happens to a finished tile: added to what is there or stored, with bias and activation. */
import {clamp, loadPart, storePart} from './vectors';

let accumulate: bool = false;
let low: f32 = 0;
let high: f32 = 0;

/** Adds tiles to the output where `add`, and clamps the sums to [`from`, `to`]. */
export function setEpilogue(add: bool, from: f32, to: f32): void {
  accumulate = add;
  low = from;
  high = to;
}

// @ts-expect-error: decorator of AssemblyScript
@inline
export function lowest(): v128 {
  return f32x4.splat(low);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
export function highest(): v128 {
  return f32x4.splat(high);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
export function accumulates(): bool {
  return accumulate;
}

/** Bias of four columns; −0, which changes no bit of a sum, where there is none. */
export function biasOf(bias: usize, count: i32): v128 {
  return bias == 0 ? f32x4.splat(-0.0) : loadPart(bias, count);
}

/** Stores `columns` (1 to 8 where `wide`, else 1 to 4) of one row of a tile. */
// @ts-expect-error: decorator of AssemblyScript
@inline
export function finishRow(
  wide: bool, add: bool, to: usize, columns: i32,
  sum0: v128, sum1: v128, bias0: v128, bias1: v128, least: v128, most: v128,
): void {
  if (wide) {
    if (add) {
      sum0 = f32x4.add(v128.load(to), sum0);
      sum1 = f32x4.add(columns == 8 ? v128.load(to, 16) : loadPart(to + 16, columns - 4), sum1);
    }
    v128.store(to, clamp(f32x4.add(sum0, bias0), least, most));
    sum1 = clamp(f32x4.add(sum1, bias1), least, most);
    if (columns == 8) v128.store(to, sum1, 16);
    else storePart(to + 16, sum1, columns - 4);
  } else {
    if (add) sum0 = f32x4.add(loadPart(to, columns), sum0);
    storePart(to, clamp(f32x4.add(sum0, bias0), least, most), columns);
  }
}
