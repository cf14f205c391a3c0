/** Sums of rows that belong together. */
import {loadPart, storePart} from './vectors';

/**
 * out[s] = Σ x[i] over the rows i of segment s in order, x `[rows, width]`, out `[segments, width]`. Rows of a segment that
 * is not there are left out.
 */
export function sumSegments(
  rows: i32, width: i32, segments: i32, x: usize, ids: usize, out: usize,
): void {
  const row = <usize>width << 2;
  memory.fill(out, 0, <usize>segments * row);
  for (; rows > 0; rows--) {
    const id = load<i32>(ids);
    if (id >= 0 && id < segments) addRow(x, width, out + <usize>id * row);
    x += row;
    ids += 4;
  }
}

function addRow(x: usize, width: i32, to: usize): void {
  for (; width > 0; width -= 4) {
    storePart(to, f32x4.add(loadPart(to, width), loadPart(x, width)), width);
    x += 16;
    to += 16;
  }
}
