/** Axes of claims, and their numbers as people read them. */
import type {ClaimMeasure} from '@minefield/claims';
import {type ScaleContinuousNumeric, scaleLinear, scaleLog} from 'd3-scale';
import {percent, significant, superscript, whole} from './format.ts';

export type Known = ClaimMeasure['values'][number];
export type Unit = ClaimMeasure['unit'];

export const UNITS: Readonly<Record<Unit, string>> = {
  fraction: '',
  correlation: 'Spearman’s ρ',
  nats: 'nats, relative coordinates',
  relative: 'relative distance',
  'input units': 'input units',
  decades: 'powers of ten, good over bad',
  count: 'bad minima',
};

/** Axes that stop where the quantity does. */
const LIMITS: Partial<Record<Unit, readonly [number, number]>> = {
  fraction: [0, 1],
  correlation: [-1, 1],
};

/** No axis is shorter: a strip of equal numbers is not a strip of noise. */
const SHORTEST: Partial<Record<Unit, number>> = {fraction: 0.1, correlation: 0.2};

/** From this ratio on an axis is logarithmic: one and a half decades. */
const DECADES = 30;

/** Room at both ends of a strip, in percent. */
export const INSET = 4;

export interface Scale {
  /** In percent. */
  place(value: number): number;
  readonly ticks: readonly number[];
  readonly logarithmic: boolean;
}

export function scaleOf(unit: Unit, measures: readonly ClaimMeasure[]): Scale {
  const numbers = measures.flatMap(({values, median, bound}) => [...values, median, bound].flatMap(endsOf));
  const [low, high] = numbers.length === 0 ? [0, 1] : [Math.min(...numbers), Math.max(...numbers)];
  const natural = unit in LIMITS || unit === 'decades' || unit === 'count';
  const logarithmic = !natural && low > 0 && high / low >= DECADES;
  const range = [INSET, 100 - INSET];
  const scale: ScaleContinuousNumeric<number, number> = logarithmic
    ? scaleLog([low / 1.5, high * 1.5], range)
    : scaleLinear(domainOf(unit, low, high), range);
  const [from = 0, to = 1] = scale.domain();
  const decades = Math.ceil(Math.log10(to / from));
  const every = Math.max(1, Math.ceil(decades / 5));
  const ticks = logarithmic
    ? scale.ticks(decades + 1).filter((tick) => isPower(tick) && Math.round(Math.log10(tick)) % every === 0)
    : scale.ticks(4);
  return {place: (value) => Number(scale(value).toFixed(2)), ticks, logarithmic};
}

function isPower(value: number): boolean {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}

function domainOf(unit: Unit, low: number, high: number): [number, number] {
  const [least, most] = LIMITS[unit] ?? [low > 0 && low < high / 2 ? 0 : -Infinity, Infinity];
  const missing = Math.max(0, (SHORTEST[unit] ?? (Math.abs(high) || 1) * 0.1) - (high - low));
  const pad = Math.max((high - low) * 0.06, missing / 2);
  const [from, to] = [low - pad, high + pad];
  // What a limit cuts off is added at the other side.
  if (to > most) return [Math.max(least, from - (to - most)), most];
  if (from < least) return [least, Math.min(most, to + (least - from))];
  return unit === 'decades' || unit === 'count' ? [Math.min(0, from), to] : [from, to];
}

export function endsOf(known: Known | ClaimMeasure['bound']): number[] {
  if (known === null) return [];
  if (typeof known === 'number') return [known];
  return [known.least, known.most].filter((end) => end !== undefined);
}

/** `95.5%`, `−0.97`, `12,200` */
export function valueText(unit: Unit, value: number): string {
  if (unit === 'fraction') return percent(value);
  if (unit === 'correlation') return value.toFixed(2).replace('-', '−');
  if (unit === 'decades' || unit === 'count') return whole(Number(value.toPrecision(3)));
  return significant(value);
}

export function knownText(unit: Unit, known: Exclude<Known, null>): string {
  if (typeof known === 'number') return valueText(unit, known);
  const {least, most} = known;
  if (least === undefined) return most === undefined ? 'not known' : `≤ ${valueText(unit, most)}`;
  return most === undefined
    ? `≥ ${valueText(unit, least)}`
    : `${valueText(unit, least)} to ${valueText(unit, most)}`;
}

export function axisText(unit: Unit, value: number): string {
  if (value > 0 && isPower(value) && (value < 1e-3 || value >= 1e6)) {
    return `10${superscript(Math.round(Math.log10(value)))}`;
  }
  return valueText(unit, value);
}
