/** Numbers of explorers, in words that keep their width. */

/** So many significant digits; powers of ten where a number is small or large. A loss that overflowed is beyond float32. */
export function shortNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? 'beyond float32' : '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 0.001 && size < 100_000) return minus(String(Number(value.toPrecision(digits))));
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  return minus(`${Number(mantissa)}e${exponent.replace('+', '')}`);
}

/** A share of 1 as a percentage with one digit after the point. */
export function percentage(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : '–';
}

/** `20k` for round thousands. */
export function thousands(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}
