import {at} from '@minefield/core';
import {extentOf} from './extent-of.ts';
import {figure} from './facts.ts';

interface Scan {
  readonly xs: readonly number[];
  readonly loss: readonly (number | null)[];
}

/** Of the longest bar: with its label it fits into 60 columns. */
const WIDTH = 32;
const SHADES = ' ░▒▓█';

/** Most lines that a chart of a line takes. */
const MOST_LINES = 21;

/** Distance, loss and a bar for points along a line, thinned to a screen; the anchor's is always among them. */
export function lineChart({xs, loss}: Scan): string[] {
  const middle = (xs.length - 1) / 2;
  const stride = Math.ceil(xs.length / MOST_LINES);
  const highest = Math.max(0, extentOf(loss)?.most ?? 0);
  return xs.flatMap((x, i) => {
    if ((i - middle) % stride !== 0) return [];
    const value = at(loss, i);
    const bar = value === null ? '' : '█'.repeat(Math.max(0, Math.round((WIDTH * value) / (highest || 1))));
    return [`${figure(x, 4).padStart(10)}  ${figure(value, 5).padStart(11)}  ${bar}`.trimEnd()];
  });
}

/** A map of a surface, y upwards, dark where the loss is high; in the logarithm where it spans more than two decades. */
export function surfaceChart({xs, loss}: Scan): string[] {
  const {least: low, most: high} = extentOf(loss) ?? {least: 0, most: 0};
  const logarithmic = low > 0 && high > 100 * low;
  const height = (value: number): number =>
    logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low || 1);
  const rows = Array.from({length: loss.length / xs.length}, (_, y) =>
    loss
      .slice(y * xs.length, (y + 1) * xs.length)
      .map((value) => {
        const shade = value === null ? SHADES.length - 1 : Math.round(height(value) * (SHADES.length - 1));
        return SHADES.charAt(shade).repeat(2);
      })
      .join('')
      .trimEnd(),
  );
  return rows.toReversed();
}
