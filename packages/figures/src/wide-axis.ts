import type {View} from './figure.ts';
import {brief, inWords, logTicks} from './numbers.ts';

/** A gulf between values so wide that a logarithmic axis would show little but it. */
const GULF = 1e4;

/** From this ratio of the largest to the smallest value on, an axis is logarithmic. */
const WIDE = 20;

export interface WideAxis {
  /** A vertical axis without its field. */
  readonly axis: View;
  /** Said of it beside its unit, or empty. */
  readonly remark: string;
}

/**
 * An axis for positive values on which neither the small ones nor an outlier vanish: from zero where they are of one size,
 * logarithmic where they are not, and linear below the gulf where some are so small that they would take most of it.
 */
export function wideAxis(values: readonly number[], always: 'log' | 'if wide'): WideAxis {
  const sorted = values.toSorted((a, b) => a - b);
  const [smallest = 1, largest = 1] = [sorted[0], sorted.at(-1)];
  if (always === 'if wide' && !(smallest > 0 && largest / smallest >= WIDE))
    return {axis: {scale: {zero: true}, axis: {format: '~g'}}, remark: ''};
  const shore = shoreOf(sorted);
  const high = brief(largest * 1.5);
  if (shore === undefined) {
    const low = brief(smallest / 1.5);
    const ticks = logTicks(low, high);
    return {
      axis: {
        scale: {type: 'log', domain: [low, high], nice: false},
        axis: {format: '.6~g', values: ticks, tickCount: ticks.length},
      },
      remark: '',
    };
  }
  const constant = brief(shore, 2);
  const ticks = [0, ...logTicks(constant, high)];
  return {
    axis: {
      scale: {type: 'symlog', constant, domain: [0, high], nice: false, padding: 6},
      axis: {format: '.6~g', values: ticks, tickCount: ticks.length},
    },
    remark: `linear below ${inWords(constant)}`,
  };
}

/** The value above the widest gulf, if one is wide enough. */
function shoreOf(sorted: readonly number[]): number | undefined {
  let [widest, shore] = [GULF, undefined as number | undefined];
  for (const [i, value] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined || !(value / before >= widest)) continue;
    [widest, shore] = [value / before, value];
  }
  return shore;
}
