import {figure} from './facts.ts';

interface Scan {
  readonly xs: readonly number[];
  readonly loss: readonly (number | null)[];
}

const WIDTH = 40;
const SHADES = ' ░▒▓█';

/** Most lines that a chart of a line takes. */
const MOST_LINES = 21;

/** Distance, loss and a bar for points along a line, thinned to a screen; the anchor's is always among them. */
export function lineChart({xs, loss}: Scan): string[] {
  const middle = (xs.length - 1) / 2;
  const stride = Math.ceil(xs.length / MOST_LINES);
  const most = loss.reduce<number>((a, b) => Math.max(a, b ?? 0), 0);
  return xs.flatMap((x, i) => {
    if ((i - middle) % stride !== 0) return [];
    const value = loss[i] ?? null;
    const bar = value === null ? '' : '█'.repeat(Math.max(0, Math.round((WIDTH * value) / (most || 1))));
    return [`${figure(x, 4).padStart(10)}  ${figure(value, 5).padStart(11)}  ${bar}`.trimEnd()];
  });
}

/** A map of a surface, y upwards, dark where the loss is high; in the logarithm where it spans more than two decades. */
export function surfaceChart({xs, loss}: Scan): string[] {
  const finite = loss.filter((value) => value !== null);
  const [least, most] = [Math.min, Math.max].map((pick) =>
    finite.reduce((a, b) => pick(a, b), finite[0] ?? 0),
  );
  const [low = 0, high = 0] = [least, most];
  const logarithmic = low > 0 && high > 100 * low;
  const height = (value: number): number =>
    logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low || 1);
  const rows = Array.from({length: loss.length / xs.length}, (_, y) =>
    loss
      .slice(y * xs.length, (y + 1) * xs.length)
      .map((value) => {
        const shade = value === null ? SHADES.length - 1 : Math.round(height(value) * (SHADES.length - 1));
        return (SHADES[shade] ?? ' ').repeat(2);
      })
      .join('')
      .trimEnd(),
  );
  return rows.toReversed();
}
