/**
 * Steps of first-order optimizers over flat vectors, in one pass and without fused operations: the bits are those of the same
 * formulae one operation at a time.
 */
import {loadPart, storePart} from './vectors';

// @ts-expect-error: decorator of AssemblyScript
@inline
function decayed(average: v128, value: v128, rate: f32, rest: f32): v128 {
  return f32x4.add(f32x4.mul(average, f32x4.splat(rate)), f32x4.mul(value, f32x4.splat(rest)));
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
    const second = decayed(loadPart(v + i, count), f32x4.mul(slope, slope), beta2, gamma2);
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
    const velocity = f32x4.add(f32x4.mul(loadPart(m + i, count), f32x4.splat(mu)), loadPart(g + i, count));
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
    const mean = decayed(loadPart(v + i, count), f32x4.mul(slope, slope), rho, gamma);
    const direction = f32x4.div(slope, f32x4.add(f32x4.sqrt(mean), offset));
    storePart(vOut + i, mean, count);
    storePart(thetaOut + i, moved(loadPart(theta + i, count), direction, rate), count);
    i += 16;
  }
}
