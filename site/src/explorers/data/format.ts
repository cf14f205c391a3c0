/** Numbers of explorers, in words that keep their width. */

/** Three significant digits; powers of ten where a number is small or large. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 0.001 && size < 10_000) return minus(String(Number(value.toPrecision(3))));
  return minus(value.toExponential(1).replace('e+', 'e'));
}

/** A share of 1 as a percentage with one digit after the point. */
export function percentage(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : '–';
}

/** A whole number with its thousands apart. */
export function wholeNumber(value: number): string {
  return value.toLocaleString('en');
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}
