import {checkLength} from '../check-input.ts';
import type {Coordinates} from '../directions/coordinates.ts';
import {norm} from '../directions/vectors.ts';

/**
 * S H S v by the difference of two gradients, `step` to either side along v.
 *
 * @param scale diagonal of S, `[P]`
 * @param step distance along v/|v|, in the coordinates of S
 */
export async function centralDifference(
  gradient: (theta: Float32Array) => Promise<Float32Array>,
  theta: Float32Array,
  scale: Float64Array,
  vector: ArrayLike<number>,
  step: number,
): Promise<Float64Array> {
  const length = norm(vector);
  if (length === 0) return new Float64Array(theta.length);
  const shifted = (sign: number): Float32Array =>
    theta.map((value, i) => value + (sign * step * (scale[i] ?? 0) * (vector[i] ?? 0)) / length);
  const forward = await gradient(shifted(1));
  const backward = await gradient(shifted(-1));
  checkLength('hessianOperator', 'a gradient', forward, theta.length);
  checkLength('hessianOperator', 'a gradient', backward, theta.length);
  return scale.map((value, i) => (value * ((forward[i] ?? 0) - (backward[i] ?? 0)) * length) / (2 * step));
}

/**
 * Steps to try: a hundredth of the point's length in the coordinates (of 1 at the origin), then halved down to about a
 * millionth. At a sharp minimum the window between the kinks of the loss above and the rounding of float32 below is less
 * than a decade wide, so the ladder must be fine.
 */
export function differenceSteps(theta: Float32Array, {scale}: Coordinates): Float64Array {
  const moved = Float64Array.from(theta, (value, i) => (scale[i] ? value / (scale[i] ?? 1) : 0));
  const length = norm(moved) || 1;
  return Float64Array.from({length: 14}, (_, i) => (length / 100) * 2 ** -i);
}

/** |a − b| as a share of the longer of the two; 0 where both are 0. NaN entries make it Infinity. */
export function relativeDifference(a: Float64Array, b: Float64Array): number {
  const longer = Math.max(norm(a), norm(b));
  if (longer === 0) return 0;
  const share = norm(a.map((value, i) => value - (b[i] ?? 0))) / longer;
  return Number.isNaN(share) ? Infinity : share;
}
