import {type Bracket, isExact} from './bracket.ts';
import type {Level} from './level.ts';

export type Format = (value: number) => string;

export const percent: Format = (value) => `${Number((100 * value).toFixed(1))}%`;

export const significant: Format = (value) => {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e5 || (rounded !== 0 && Math.abs(rounded) < 1e-3)
    ? rounded.toExponential()
    : String(rounded);
};

/** A number, or what is known of it. */
export function bracketText(bracket: Bracket | undefined, format: Format): string {
  if (bracket === undefined) return 'missing';
  const {low, high} = bracket;
  if (isExact(bracket)) return format(low);
  if (Number.isFinite(low))
    return Number.isFinite(high) ? `${format(low)} to ${format(high)}` : `≥ ${format(low)}`;
  return Number.isFinite(high) ? `≤ ${format(high)}` : 'unknown';
}

/** A median with the values that it is of. */
export function medianText({median, bySeed}: Pick<Level, 'median' | 'bySeed'>, format: Format): string {
  return `${bracketText(median, format)} (${bracketList(bySeed, format)})`;
}

export function bracketList(values: readonly (Bracket | undefined)[], format: Format): string {
  return values.map((value) => bracketText(value, format)).join(', ');
}

/** A correlation to so many decimals, or where it lies; `missing` where nothing is known of it. */
export function correlationText(rho: Bracket | null, decimals: number, missing: string): string {
  return rho === null ? missing : bracketText(rho, (value) => value.toFixed(decimals));
}

export function correlationList(rhos: readonly (Bracket | null)[]): string {
  return rhos.map((rho) => correlationText(rho, 2, '–')).join(', ');
}
