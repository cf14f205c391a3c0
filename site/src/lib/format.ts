/** Numbers as people read them. */
import {median as medianOf} from '@minefield/core';
import {percent as percentOf} from '@minefield/claims';

/** `98.5%`; at most one decimal. */
export function percent(value: number | null): string {
  return value === null ? '–' : percentOf(value);
}

/** Three significant digits; powers of ten where a number is very large or small. */
export function significant(value: number | null, digits = 3): string {
  if (value === null) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    return `${minus(Number(mantissa))} × 10${superscript(Number(exponent))}`;
  }
  return size >= 1000 ? whole(value) : minus(Number(value.toPrecision(digits)));
}

/** A poison factor, in plain decimals however small: `0.000253` */
export function poison(value: number | null): string {
  if (value === null) return '–';
  const rounded = Number(value.toPrecision(3));
  if (Number.isInteger(rounded)) return whole(rounded);
  const decimals = 2 - Math.floor(Math.log10(Math.abs(rounded)));
  return rounded.toFixed(Math.min(20, decimals)).replace(/\.?0+$/, '');
}

/** A difference of accuracies in percentage points: `89.7` */
export function points(value: number | null): string {
  return value === null ? '–' : minus((100 * value).toFixed(1));
}

/** `3,614`; without `Intl`, whose first formatter would hold a phone up as the page comes alive. */
export function whole(value: number): string {
  return minus(String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ','));
}

/** `1 h 5 min`, `12 min`, `34 s` */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Number(seconds.toPrecision(2))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `10⁷` from 7 */
export function superscript(exponent: number): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return [...String(exponent)].map((c) => (c === '-' ? '⁻' : digits.charAt(Number(c)))).join('');
}

/** The middle value, or the mean of the two middle ones; null for none. */
export function median(values: readonly number[]): number | null {
  const middle = medianOf(values);
  return Number.isNaN(middle) ? null : middle;
}

function minus(value: number | string): string {
  return String(value).replace('-', '−');
}
