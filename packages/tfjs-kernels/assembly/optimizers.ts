/**
 * Steps of first-order optimizers over flat vectors, in one pass and without fused operations: the bits are those of the same
 * formulae one operation at a time. What no step can show counts as zero, lest the averages of idle parameters fade into
 * subnormal numbers and stay there: processors take a hundred times as long over them.
 */
import {loadPart, storePart} from './vectors';

/** Averages below 2⁻¹⁰⁰ are zero, and so are gradients below its root in averages of squares. */
const AVERAGE: f32 = 7.888609052210118e-31;
const GRADIENT: f32 = 8.881784197001252e-16;

/** Zero where |value| is below the limit; NaN stays NaN. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function flushed(value: v128, limit: f32): v128 {
  return v128.andnot(value, f32x4.lt(f32x4.abs(value), f32x4.splat(limit)));
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function square(gradient: v128): v128 {
  const value = flushed(gradient, GRADIENT);
  return f32x4.mul(value, value);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function decayed(average: v128, value: v128, rate: f32, rest: f32): v128 {
  return flushed(f32x4.add(f32x4.mul(average, f32x4.splat(rate)), f32x4.mul(value, f32x4.splat(rest))), AVERAGE);
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function moved(theta: v128, direction: v128, rate: f32): v128 {
  return f32x4.sub(theta, f32x4.mul(direction, f32x4.splat(rate)));
}

/** m ← β₁m + γ₁g, v ← β₂v + γ₂g², θ ← θ − rate · m / (root · √v + ε). */
export function adam(
  count: i32, theta: usize, m: usize, v: usize, g: usize, thetaOut: usize, mOut: usize, vOut: usize,
  beta1: f32, gamma1: f32, beta2: f32, gamma2: f32, rate: f32, root: f32, epsilon: f32,
): void {
  const scale = f32x4.splat(root);
  const offset = f32x4.splat(epsilon);
  for (let i: usize = 0; count > 0; count -= 4) {
    const slope = loadPart(g + i, count);
    const first = decayed(loadPart(m + i, count), slope, beta1, gamma1);
    const second = decayed(loadPart(v + i, count), square(slope), beta2, gamma2);
    const divisor = f32x4.add(f32x4.mul(f32x4.sqrt(second), scale), offset);
    storePart(mOut + i, first, count);
    storePart(vOut + i, second, count);
    storePart(thetaOut + i, moved(loadPart(theta + i, count), f32x4.div(first, divisor), rate), count);
    i += 16;
  }
}

/** m ← μm + g, θ ← θ − rate · m. */
export function momentum(
  count: i32, theta: usize, m: usize, g: usize, thetaOut: usize, mOut: usize, mu: f32, rate: f32,
): void {
  for (let i: usize = 0; count > 0; count -= 4) {
    const sum = f32x4.add(f32x4.mul(loadPart(m + i, count), f32x4.splat(mu)), loadPart(g + i, count));
    const velocity = flushed(sum, AVERAGE);
    storePart(mOut + i, velocity, count);
    storePart(thetaOut + i, moved(loadPart(theta + i, count), velocity, rate), count);
    i += 16;
  }
}

/** v ← ρv + γg², θ ← θ − rate · (g / (√v + ε)). */
export function rmsprop(
  count: i32, theta: usize, v: usize, g: usize, thetaOut: usize, vOut: usize,
  rho: f32, gamma: f32, rate: f32, epsilon: f32,
): void {
  const offset = f32x4.splat(epsilon);
  for (let i: usize = 0; count > 0; count -= 4) {
    const slope = loadPart(g + i, count);
    const mean = decayed(loadPart(v + i, count), square(slope), rho, gamma);
    const direction = f32x4.div(slope, f32x4.add(f32x4.sqrt(mean), offset));
    storePart(vOut + i, mean, count);
    storePart(thetaOut + i, moved(loadPart(theta + i, count), direction, rate), count);
    i += 16;
  }
}
