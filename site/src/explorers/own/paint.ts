/** Points painted by hand, on a grid so fine that an address can hold them: four letters a point. */
import type {Codec} from '../state/codecs.ts';
import {HALF_WIDTH, type OwnPoints} from './own-data.ts';

/** A place of the grid, and a class. */
export interface PaintedPoint {
  readonly column: number;
  readonly row: number;
  readonly label: 0 | 1;
}

const COLUMNS = 2048;
const ROWS = 4096;

/** More make no better minima, and longer addresses. */
export const MOST_POINTS = 160;
/** Of each class, to train on. */
export const FEWEST_POINTS = 4;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** @param x in units of the plane */
export function pointAt(x: number, y: number, label: 0 | 1): PaintedPoint {
  const cell = (value: number, cells: number): number =>
    Math.max(0, Math.min(cells - 1, Math.floor(((value / HALF_WIDTH + 1) / 2) * cells)));
  return {column: cell(x, COLUMNS), row: cell(y, ROWS), label};
}

/** Middle of a point's place, in units of the plane. */
export function placeOf({column, row}: PaintedPoint): readonly [x: number, y: number] {
  const middle = (index: number, cells: number): number => HALF_WIDTH * ((2 * (index + 0.5)) / cells - 1);
  return [middle(column, COLUMNS), middle(row, ROWS)];
}

export function arraysOf(points: readonly PaintedPoint[]): OwnPoints {
  return {
    inputs: Float32Array.from(points.flatMap((point) => placeOf(point))),
    labels: Uint8Array.from(points, ({label}) => label),
  };
}

/** Points with one more; as they were where there is no room, or one lies within `spacing` of it. */
export function paintedWith(
  points: readonly PaintedPoint[],
  point: PaintedPoint,
  spacing: number,
): readonly PaintedPoint[] {
  const [x, y] = placeOf(point);
  const crowded = points.some((other) => {
    const [ox, oy] = placeOf(other);
    return Math.hypot(x - ox, y - oy) < spacing;
  });
  return crowded || points.length >= MOST_POINTS ? points : [...points, point];
}

export const paintCodec: Codec<readonly PaintedPoint[]> = {
  parse: (text) => {
    if (text.length % 4 !== 0 || text.length > 4 * MOST_POINTS) return undefined;
    const digits = Array.from(text, (letter) => LETTERS.indexOf(letter));
    if (digits.includes(-1)) return undefined;
    return Array.from({length: text.length / 4}, (_, i): PaintedPoint => {
      const [a = 0, b = 0, c = 0, d = 0] = digits.slice(4 * i);
      const across = 64 * a + b;
      return {column: across >> 1, row: 64 * c + d, label: (across & 1) as 0 | 1};
    });
  },
  format: (points) =>
    points
      .flatMap(({column, row, label}) => {
        const across = 2 * column + label;
        return [across >> 6, across & 63, row >> 6, row & 63];
      })
      .map((digit) => LETTERS[digit])
      .join(''),
};
