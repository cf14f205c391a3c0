/** Numbers of the laboratory as people read them. */
import {poison, whole} from '../../lib/format.ts';
import type {Quantity} from './data/quantities.ts';

/** A number of a quantity, as cells and tooltips show it. */
export function shown({kind, key}: Pick<Quantity, 'kind' | 'key'>, value: number | null): string {
  if (value === null) return '–';
  if (key === 'beta') return poison(value);
  switch (kind) {
    case 'share':
      return minus(`${Number((100 * value).toFixed(1))}`);
    case 'count':
    case 'decades':
      return whole(value);
    case 'number':
      return significant(value);
  }
}

/** Three digits; powers of ten where a number is very large or small: `3.26e−9`. */
export function significant(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa = '', exponent] = value.toExponential(digits - 1).split('e');
    return minus(`${Number(mantissa)}e${Number(exponent)}`);
  }
  return size >= 1000 ? whole(value) : minus(String(Number(value.toPrecision(digits))));
}

/** `97%` of a share. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${Number((100 * share).toFixed(1))}%`;
}

/** The name on an axis: `train loss (nats)`. */
export function axisTitle({label, unit}: Quantity): string {
  return unit === '' ? label : `${label} (${unit})`;
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}
