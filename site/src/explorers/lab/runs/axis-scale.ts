/** Where numbers lie on an axis of the scatter plot, and back. */
import {poison} from '../../../lib/format.ts';
import {scaleLinear, scaleLog} from 'd3-scale';
import type {Quantity} from '../data/quantities.ts';
import {significant} from '../format.ts';

export interface AxisScale {
  /** NaN where the axis has no place for a number, such as one below 0 on a logarithmic one. */
  readonly place: (value: number) => number;
  /** The number at a place. */
  readonly invert: (place: number) => number;
  readonly ticks: readonly {readonly at: number; readonly text: string}[];
}

/** Pixels that a logarithmic axis keeps for zero. */
const ZERO = 26;

/**
 * @param values those that must fit
 * @param ends places of the low and the high end
 */
export function axisScale(
  values: readonly number[],
  quantity: Quantity,
  log: boolean,
  ends: readonly [number, number],
): AxisScale {
  return log ? logarithmic(values, quantity, ends) : linear(values, quantity, ends);
}

function linear(values: readonly number[], quantity: Quantity, ends: readonly [number, number]): AxisScale {
  const [low, high] = extent(values);
  const margin = (high - low) * 0.04 || Math.abs(high) * 0.04 || 1;
  const scale = scaleLinear()
    .domain([low - margin, high + margin])
    .range(ends);
  return {
    place: (value) => scale(value),
    invert: (place) => scale.invert(place),
    ticks: scale
      .ticks(Math.abs(ends[1] - ends[0]) / 70)
      .map((tick) => ({at: scale(tick), text: tickText(quantity, tick)})),
  };
}

function logarithmic(
  values: readonly number[],
  quantity: Quantity,
  [from, to]: readonly [number, number],
): AxisScale {
  const positive = values.filter((value) => value > 0);
  const zero = values.includes(0);
  const [low, high] = positive.length > 0 ? extent(positive) : [0.1, 1];
  const factor = Math.max(1.15, (high / low) ** 0.04);
  const start = from + (zero ? Math.sign(to - from) * ZERO : 0);
  const scale = scaleLog()
    .domain([low / factor, high * factor])
    .range([start, to]);
  const [first, last] = [Math.log10(low / factor), Math.log10(high * factor)];
  const every = Math.max(1, Math.ceil((last - first) / Math.max(2, Math.abs(to - start) / 55)));
  const powers: number[] = [];
  for (let exponent = Math.ceil(first); exponent <= last; exponent += every) powers.push(10 ** exponent);
  const ticks = powers.length >= 2 ? powers : scale.ticks(3);
  const zeroAt = (from + start) / 2;
  return {
    place: (value) => (value > 0 ? scale(value) : value === 0 && zero ? zeroAt : Number.NaN),
    invert: (place) => (zero && Math.sign(start - from) * (place - start) < 0 ? 0 : scale.invert(place)),
    ticks: [
      ...(zero ? [{at: zeroAt, text: '0'}] : []),
      ...ticks.map((tick) => ({at: scale(tick), text: tickText(quantity, tick)})),
    ],
  };
}

function extent(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function tickText({kind, key, unit}: Quantity, value: number): string {
  if (kind === 'share')
    return `${Number((100 * value).toPrecision(4))}${unit === 'points' ? '' : '%'}`.replace('-', '−');
  if (kind === 'count' || kind === 'decades') return value.toLocaleString('en-US').replace('-', '−');
  if (key === 'beta' && value >= 1e-3) return poison(value);
  return significant(value, 4);
}
