/** Numbers as the explorer writes them. */

/** `20k` for round thousands. */
export function thousands(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);
}

/** A share of 1: `99.5%`. */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))}%`;
}

/** With as many digits as it has meaning: `0.0034`, `1.2 × 10⁴`. */
export function brief(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5)
    return Number(value.toPrecision(3))
      .toLocaleString('en-US', {maximumSignificantDigits: 3})
      .replace('-', '−');
  return value.toExponential(1).replace('e+', 'e').replaceAll('-', '−');
}

/** A natural logarithm as a power of ten, to the whole: `−3,021`. */
export function decades(logVolume: number): string {
  return Math.round(logVolume / Math.LN10)
    .toLocaleString('en-US')
    .replace('-', '−');
}
