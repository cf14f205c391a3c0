/** Numbers of the readouts. */

/** Three significant digits, powers of ten where they are clearer. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? 'beyond float32' : '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return minus(String(Number(value.toPrecision(digits))));
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  return minus(`${Number(mantissa)}e${exponent.replace('+', '')}`);
}

/** A share of 1 in percent. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}
