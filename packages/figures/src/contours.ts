import {contours} from 'd3-contour';
import {type Point, simplifyRing} from './simplify-ring.ts';

/** The region of a grid where the value is at least `threshold`. */
export interface ContourBand {
  readonly threshold: number;
  /** SVG path over the square from (−1, −1) to (1, 1), y down: a symbol that fills its view. */
  readonly path: string;
}

/**
 * Filled contours of a grid by marching squares.
 *
 * @param values - [ys, xs], row-major; not finite counts as higher than all else.
 * @param xs - rising positions of the columns. @param ys - of the rows.
 */
export function contourBands(
  values: readonly (number | null)[],
  xs: readonly number[],
  ys: readonly number[],
  thresholds: readonly number[],
): ContourBand[] {
  const x = toUnitSquare(xs);
  const y = toUnitSquare(ys);
  const grid = values.map((value) => value ?? Number.MAX_VALUE);
  const isolines = contours()
    .size([xs.length, ys.length])
    .smooth(true)
    .thresholds([...thresholds])(grid);
  return isolines
    .filter(({coordinates}) => coordinates.length > 0)
    .map(({value, coordinates}) => ({
      threshold: value,
      path: coordinates.flatMap((polygon) => polygon.map((ring) => ringPath(ring, x, y))).join(''),
    }));
}

/** d3 puts sample i at i + ½ and closes rings half a cell outside; those corners are drawn back to the border. */
function toUnitSquare(positions: readonly number[]): (index: number) => number {
  const first = positions[0] ?? 0;
  const span = (positions.at(-1) ?? 1) - first;
  return (index) => {
    const place = Math.min(positions.length - 1, Math.max(0, index - 0.5));
    const below = positions[Math.floor(place)] ?? first;
    const above = positions[Math.ceil(place)] ?? below;
    return ((below + (above - below) * (place - Math.floor(place)) - first) / span) * 2 - 1;
  };
}

/** Half a thousandth of the view: a fifth of a pixel at 400 pixels. */
const tolerance = 1e-3;

function ringPath(
  ring: readonly (readonly number[])[],
  x: (i: number) => number,
  y: (i: number) => number,
): string {
  const points = ring.slice(0, -1).map(([i = 0, j = 0]): Point => [x(i), -y(j)]);
  const simple = simplifyRing(points, tolerance);
  return simple.length < 3 ? '' : `M${simple.map(([px, py]) => `${short(px)},${short(py)}`).join('L')}Z`;
}

/** Three decimals without the leading or trailing zeros. */
function short(value: number): string {
  return String(Number(value.toFixed(3))).replace(/^(-?)0\./, '$1.');
}
