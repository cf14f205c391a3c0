/** Batch normalisation over the last dimension: each channel's mean, variance, scale and offset over all rows. */
import {loadPart, storePart} from './vectors';

/** y = (x − mean) · (scale / √(variance + ε)) + offset, x `[rows, channels]`; scale and offset may be 0. */
export function normalize(
  rows: i32, channels: i32, x: usize, mean: usize, variance: usize, offset: usize, scale: usize, epsilon: f32, y: usize,
): void {
  const step = <usize>channels << 2;
  for (let channel = 0; channel < channels; channel += 8) {
    const at = <usize>channel << 2;
    const count = min(channels - channel, 8);
    const mean0 = loadPart(mean + at, count);
    const mean1 = loadPart(mean + at + 16, count - 4);
    const slope0 = slopeOf(variance + at, scale == 0 ? 0 : scale + at, count, epsilon);
    const slope1 = slopeOf(variance + at + 16, scale == 0 ? 0 : scale + at + 16, count - 4, epsilon);
    const shift0 = offset == 0 ? f32x4.splat(-0.0) : loadPart(offset + at, count);
    const shift1 = offset == 0 ? f32x4.splat(-0.0) : loadPart(offset + at + 16, count - 4);
    let from = x + at;
    let to = y + at;
    for (let row = 0; row < rows; row++) {
      if (count == 8) {
        v128.store(to, f32x4.add(f32x4.mul(f32x4.sub(v128.load(from), mean0), slope0), shift0));
        v128.store(to, f32x4.add(f32x4.mul(f32x4.sub(v128.load(from, 16), mean1), slope1), shift1), 16);
      } else {
        storePart(to, f32x4.add(f32x4.mul(f32x4.sub(loadPart(from, count), mean0), slope0), shift0), count);
        if (count > 4) {
          const rest = f32x4.sub(loadPart(from + 16, count - 4), mean1);
          storePart(to + 16, f32x4.add(f32x4.mul(rest, slope1), shift1), count - 4);
        }
      }
      from += step;
      to += step;
    }
  }
}

function slopeOf(variance: usize, scale: usize, count: i32, epsilon: f32): v128 {
  const deviation = f32x4.sqrt(f32x4.add(loadPart(variance, count), f32x4.splat(epsilon)));
  return f32x4.div(scale == 0 ? f32x4.splat(1) : loadPart(scale, count), deviation);
}
