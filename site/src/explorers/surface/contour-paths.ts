/** Contours of a square grid as SVG paths. */
import {contours} from 'd3-contour';

/** Steps of the filled contours: half decades. */
const STEP = 0.1;

export interface ContourFill {
  readonly level: number;
  readonly path: string;
}

/**
 * Filled contours of heights, each over all that is at least as high.
 *
 * @param levels `[size, size]`, the first row the lowest
 * @param side of the square that is drawn on, its upper left corner at the origin
 */
export function contourFills(levels: ArrayLike<number>, size: number, side: number): readonly ContourFill[] {
  const thresholds = Array.from({length: Math.round(1 / STEP) - 1}, (_, i) => (i + 1) * STEP);
  return regions(levels, size, thresholds).flatMap(({value, coordinates}) => {
    const path = pathOf(coordinates, size, side, true);
    return path === '' ? [] : [{level: value, path}];
  });
}

/** The line at one height; it ends at the border. */
export function contourLine(levels: ArrayLike<number>, size: number, side: number, at: number): string {
  return regions(levels, size, [at])
    .map(({coordinates}) => pathOf(coordinates, size, side, false))
    .join('');
}

/** All that is at least so high. */
export function contourRegion(levels: ArrayLike<number>, size: number, side: number, at: number): string {
  return regions(levels, size, [at])
    .map(({coordinates}) => pathOf(coordinates, size, side, true))
    .join('');
}

type Ring = readonly (readonly number[])[];

function regions(levels: ArrayLike<number>, size: number, thresholds: number[]) {
  return contours().size([size, size]).thresholds(thresholds)(Array.from(levels));
}

/** d3 puts sample i at i + ½ and closes rings half a cell outside the grid; they are drawn back to its border. */
function pathOf(
  coordinates: readonly (readonly Ring[])[],
  size: number,
  side: number,
  closed: boolean,
): string {
  const place = (value: number): number => Math.min(size - 1, Math.max(0, value - 0.5));
  const text = (value: number): string => String(Math.round((value * side * 10) / (size - 1)) / 10);
  const isBorder = ([x = 0, y = 0]: readonly number[]): boolean =>
    x < 0.5 || y < 0.5 || x > size - 0.5 || y > size - 0.5;
  let path = '';
  for (const ring of coordinates.flat()) {
    let pen = 'M';
    for (const [i, point] of ring.entries()) {
      if (closed && i === ring.length - 1) continue;
      if (!closed && isBorder(point)) {
        pen = 'M';
        continue;
      }
      const [x = 0, y = 0] = point;
      path += `${pen}${text(place(x))},${text(size - 1 - place(y))}`;
      pen = 'L';
    }
    if (closed) path += 'Z';
  }
  return path;
}
