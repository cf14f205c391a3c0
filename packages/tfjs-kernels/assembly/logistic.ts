/**
 * Sigmoid and softplus, exact at either end: to 4 units in the last place wherever the result is a normal number, without
 * overflow, and with the digits that remain where it is not.
 *
 * The exponential is reduced by powers of two in two parts of ln 2 and then a polynomial of degree 7 (the coefficients of
 * Cephes' `expf`, Stephen L. Moshier 1992); the logarithm is log(1 + t) = 2 artanh(t / (2 + t)) by its series.
 */
import {loadPart, multiplyAdd, storePart} from './vectors';

/** eˣ for x ≤ 0; 0 below −104. NaN stays NaN. */
function exponentialOf(x: v128): v128 {
  const low = f32x4.max(x, f32x4.splat(-104));
  const power = f32x4.nearest(f32x4.mul(low, f32x4.splat(1.44269504088896341)));
  let rest = multiplyAdd(power, f32x4.splat(-0.693359375), low);
  rest = multiplyAdd(power, f32x4.splat(2.12194440e-4), rest);
  let series = f32x4.splat(1.9875691500e-4);
  series = multiplyAdd(series, rest, f32x4.splat(1.3981999507e-3));
  series = multiplyAdd(series, rest, f32x4.splat(8.3334519073e-3));
  series = multiplyAdd(series, rest, f32x4.splat(4.1665795894e-2));
  series = multiplyAdd(series, rest, f32x4.splat(1.6666665459e-1));
  series = multiplyAdd(series, rest, f32x4.splat(5.0000001201e-1));
  series = f32x4.add(multiplyAdd(series, f32x4.mul(rest, rest), rest), f32x4.splat(1));
  // In two factors, since one alone may be below the smallest normal number.
  const exponent = i32x4.trunc_sat_f32x4_s(power);
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(series, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function powerOfTwo(exponent: v128): v128 {
  return i32x4.shl(i32x4.add(exponent, i32x4.splat(127)), 23);
}

/** 1 / (1 + e⁻ˣ) */
export function sigmoidOf(x: v128): v128 {
  const one = f32x4.splat(1);
  const small = exponentialOf(f32x4.neg(f32x4.abs(x)));
  const upper = v128.bitselect(small, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(upper, f32x4.add(one, small));
}

/** log(1 + eˣ) */
function softplusOf(x: v128): v128 {
  const small = exponentialOf(f32x4.neg(f32x4.abs(x)));
  const factor = f32x4.div(f32x4.splat(2), f32x4.add(f32x4.splat(2), small));
  const argument = f32x4.mul(f32x4.mul(small, factor), f32x4.splat(0.5));
  const square = f32x4.mul(argument, argument);
  let series = f32x4.splat(1.0 / 15.0);
  series = multiplyAdd(series, square, f32x4.splat(1.0 / 13.0));
  series = multiplyAdd(series, square, f32x4.splat(1.0 / 11.0));
  series = multiplyAdd(series, square, f32x4.splat(1.0 / 9.0));
  series = multiplyAdd(series, square, f32x4.splat(1.0 / 7.0));
  series = multiplyAdd(series, square, f32x4.splat(1.0 / 5.0));
  series = multiplyAdd(series, square, f32x4.splat(1.0 / 3.0));
  series = multiplyAdd(series, square, f32x4.splat(1));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), f32x4.mul(f32x4.mul(series, factor), small));
}

export function sigmoid(count: i32, x: usize, out: usize): void {
  for (; count > 0; count -= 4) {
    storePart(out, sigmoidOf(loadPart(x, count)), count);
    x += 16;
    out += 16;
  }
}

export function softplus(count: i32, x: usize, out: usize): void {
  for (; count > 0; count -= 4) {
    storePart(out, softplusOf(loadPart(x, count)), count);
    x += 16;
    out += 16;
  }
}

/**
 * First and second derivative of weight · softplus(−target · z) by z. The second has an error of 6e-8 of weight · target² where
 * the first is near its end, as if differentiated from the sigmoid.
 */
export function logisticDerivatives(
  count: i32, z: usize, targets: usize, weights: usize, first: usize, second: usize,
): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0; count > 0; count -= 4) {
    const against = f32x4.neg(loadPart(targets + at, count));
    const missing = sigmoidOf(f32x4.mul(against, loadPart(z + at, count)));
    const slope = f32x4.mul(loadPart(weights + at, count), against);
    storePart(first + at, f32x4.mul(slope, missing), count);
    const bend = f32x4.mul(missing, f32x4.sub(one, missing));
    storePart(second + at, f32x4.mul(f32x4.mul(slope, against), bend), count);
    at += 16;
  }
}
