import {at} from '@minefield/core';

/** Seven digits, what a number from float32 means. */
export function sevenDigits(value: number): number {
  return Number(value.toPrecision(7));
}

/** Four digits, for points of a curve that is only looked at. */
export function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}

/** Rounded to so many digits; null where it overflowed. */
export function roundedOrNull(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}

/** Seven digits; null where it overflowed. */
export function finiteOrNull(value: number): number | null {
  return roundedOrNull(value, 7);
}

/** Euclidean. */
export function distanceBetween(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - at(b, i)) ** 2, 0));
}
