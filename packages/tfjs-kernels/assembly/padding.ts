/** Copies between rows of any width and rows that are padded to a multiple of four. */
import {loadPart, storePart} from './vectors';

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
