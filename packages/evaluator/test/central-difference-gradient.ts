import type {Objective} from '@minefield/core';

/** The gradient of a loss by differences, coordinate by coordinate, for comparison; right to some 1e-3 of its size in float32. */
export async function centralDifferenceGradient(
  {loss}: Objective,
  theta: Float32Array,
  step = 2e-3,
): Promise<Float64Array> {
  const moved = (sign: number): Float32Array => {
    const points = new Float32Array(theta.length * theta.length);
    theta.forEach((value, i) => {
      points.set(theta.with(i, value + sign * step), i * theta.length);
    });
    return points;
  };
  const [forward, backward] = [await loss(moved(1)), await loss(moved(-1))];
  return forward.map((value, i) => (value - (backward[i] ?? Number.NaN)) / (2 * step));
}
