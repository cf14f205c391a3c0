/**
 * Batch normalization over the last dimension: each channel's mean, variance, scale and offset over all rows. Rows are taken in
 * blocks that stay in the cache while four channels after another are worked off; sums are added within a block, and the blocks
 * in order.
 */
const BLOCK: i32 = 256;

/** y = max(low, (x − mean) · (scale / √(variance + ε)) + offset), x `[rows, channels]`; scale and offset may be 0. */
export function normalize(
  rows: i32, channels: i32, x: usize, mean: usize, variance: usize, offset: usize, scale: usize,
  epsilon: f32, low: f32, y: usize,
): void {
  const step = <usize>channels << 2;
  const floor = f32x4.splat(low);
  for (; rows > 0; rows -= BLOCK) {
    const count = min(rows, BLOCK);
    let at: usize = 0;
    for (; at + 16 <= step; at += 16) {
      const middle = v128.load(mean + at);
      const deviation = f32x4.sqrt(f32x4.add(v128.load(variance + at), f32x4.splat(epsilon)));
      const slope = f32x4.div(scale == 0 ? f32x4.splat(1) : v128.load(scale + at), deviation);
      const shift = offset == 0 ? f32x4.splat(-0.0) : v128.load(offset + at);
      let i = at;
      for (let row = count; row > 0; row--) {
        const value = f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + i), middle), slope), shift);
        v128.store(y + i, f32x4.max(value, floor));
        i += step;
      }
    }
    for (; at < step; at += 4) {
      const slope = (scale == 0 ? <f32>1 : load<f32>(scale + at)) / sqrt<f32>(load<f32>(variance + at) + epsilon);
      const shift = offset == 0 ? <f32>-0.0 : load<f32>(offset + at);
      let i = at;
      for (let row = count; row > 0; row--) {
        store<f32>(y + i, max<f32>((load<f32>(x + i) - load<f32>(mean + at)) * slope + shift, low));
        i += step;
      }
    }
    x += BLOCK * step;
    y += BLOCK * step;
  }
}

/** variance = Σ (x − mean)² / rows, x `[rows, channels]`, channels in fours. */
export function variances(rows: i32, channels: i32, x: usize, mean: usize, variance: usize): void {
  const step = <usize>channels << 2;
  const divisor = f32x4.splat(<f32>rows);
  memory.fill(variance, 0, step);
  for (; rows > 0; rows -= BLOCK) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2;
      const middle = v128.load(mean + at);
      let total = f32x4.splat(0);
      let from = x + at;
      for (let row = min(rows, BLOCK); row > 0; row--) {
        const rest = f32x4.sub(v128.load(from), middle);
        total = f32x4.add(total, f32x4.mul(rest, rest));
        from += step;
      }
      total = f32x4.add(v128.load(variance + at), total);
      v128.store(variance + at, rows > BLOCK ? total : f32x4.div(total, divisor));
    }
    x += BLOCK * step;
  }
}

/**
 * Gradients of a normalization by the moments of its own rows, channels in fours, with g = dy where the normalized value is above
 * `low` (0 for a ReLU, −∞ for none). To make that value again costs less than to read it.
 *
 *     dOffset = Σ g    dScale = Σ g x̂    dx = scale / √(variance + ε) · (g − dOffset / rows − x̂ dScale / rows)
 */
export function normalizeBack(
  rows: i32, channels: i32, x: usize, dy: usize, mean: usize, variance: usize, offset: usize, scale: usize,
  epsilon: f32, low: f32, dx: usize, dScale: usize, dOffset: usize,
): void {
  const step = <usize>channels << 2;
  const floor = f32x4.splat(low);
  memory.fill(dScale, 0, step);
  memory.fill(dOffset, 0, step);
  for (let first = 0; first < rows; first += BLOCK) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2;
      const middle = v128.load(mean + at);
      const shift = v128.load(offset + at);
      const deviation = f32x4.sqrt(f32x4.add(v128.load(variance + at), f32x4.splat(epsilon)));
      const factor = f32x4.div(v128.load(scale + at), deviation);
      let sum = f32x4.splat(0);
      let product = sum;
      let i = <usize>first * step + at;
      for (let row = min(rows - first, BLOCK); row > 0; row--) {
        const rest = f32x4.sub(v128.load(x + i), middle);
        const slope = gated(v128.load(dy + i), rest, factor, shift, floor);
        sum = f32x4.add(sum, slope);
        product = f32x4.add(product, f32x4.mul(slope, rest));
        i += step;
      }
      v128.store(dOffset + at, f32x4.add(v128.load(dOffset + at), sum));
      v128.store(dScale + at, f32x4.add(v128.load(dScale + at), product));
    }
  }
  const divisor = f32x4.splat(<f32>rows);
  for (let first = 0; first < rows; first += BLOCK) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2;
      const middle = v128.load(mean + at);
      const shift = v128.load(offset + at);
      const deviation = f32x4.sqrt(f32x4.add(v128.load(variance + at), f32x4.splat(epsilon)));
      const factor = f32x4.div(v128.load(scale + at), deviation);
      const share = f32x4.div(v128.load(dOffset + at), divisor);
      // Σ g (x − mean) until the last block, when nothing needs it any more.
      const product = f32x4.div(v128.load(dScale + at), deviation);
      if (first + BLOCK >= rows) v128.store(dScale + at, product);
      const tilt = f32x4.div(f32x4.div(product, deviation), divisor);
      let i = <usize>first * step + at;
      for (let row = min(rows - first, BLOCK); row > 0; row--) {
        const rest = f32x4.sub(v128.load(x + i), middle);
        const slope = gated(v128.load(dy + i), rest, factor, shift, floor);
        v128.store(dx + i, f32x4.mul(f32x4.sub(f32x4.sub(slope, share), f32x4.mul(rest, tilt)), factor));
        i += step;
      }
    }
  }
}

/** The slope, or zero where the value is not above the floor: the same value, to the last bit, that {@link normalize} gave. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function gated(slope: v128, rest: v128, factor: v128, shift: v128, floor: v128): v128 {
  return v128.andnot(slope, f32x4.le(f32x4.add(f32x4.mul(rest, factor), shift), floor));
}
