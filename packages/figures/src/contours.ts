import {contours} from 'd3-contour';
import {elementAt} from './elements.ts';
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
  return rings(values, xs, ys, thresholds)
    .filter((region) => region.rings.length > 0)
    .map((region) => ({threshold: region.threshold, path: region.rings.map(closedPath).join('')}));
}

/** The line where a grid has the value `threshold`, as such a path; it ends at the border instead of following it. */
export function contourLine(
  values: readonly (number | null)[],
  xs: readonly number[],
  ys: readonly number[],
  threshold: number,
): string {
  return rings(values, xs, ys, [threshold])
    .flatMap(({rings: closed}) => closed.map(openPath))
    .join('');
}

interface Region {
  readonly threshold: number;
  readonly rings: readonly (readonly Point[])[];
}

function rings(
  values: readonly (number | null)[],
  xs: readonly number[],
  ys: readonly number[],
  thresholds: readonly number[],
): Region[] {
  const [x, y] = [toUnitSquare(xs), toUnitSquare(ys)];
  const grid = values.map((value) => value ?? Number.MAX_VALUE);
  const regions = contours()
    .size([xs.length, ys.length])
    .thresholds([...thresholds])(grid);
  return regions.map(({value, coordinates}) => ({
    threshold: value,
    rings: coordinates.flat().map((ring) => {
      const points = ring
        .slice(0, -1)
        .map((place): Point => [x(elementAt(place, 0)), -y(elementAt(place, 1))]);
      return simplifyRing(points, tolerance);
    }),
  }));
}

/** d3 puts sample i at i + ½ and closes rings half a cell outside; those corners are drawn back to the border. */
function toUnitSquare(positions: readonly number[]): (index: number) => number {
  const first = elementAt(positions, 0);
  const span = elementAt(positions, -1) - first;
  return (index) => {
    const place = Math.min(positions.length - 1, Math.max(0, index - 0.5));
    const below = elementAt(positions, Math.floor(place));
    const above = elementAt(positions, Math.ceil(place));
    return ((below + (above - below) * (place - Math.floor(place)) - first) / span) * 2 - 1;
  };
}

/** In halves of the view: a third of a pixel at 400 pixels. */
const tolerance = 1.5e-3;

function closedPath(ring: readonly Point[]): string {
  return ring.length < 3 ? '' : `M${ring.map(pair).join('L')}Z`;
}

function openPath(ring: readonly Point[]): string {
  let path = '';
  let drawing = false;
  ring.forEach((point, index) => {
    const next = elementAt(ring, (index + 1) % ring.length);
    if (alongBorder(point, next)) drawing = false;
    else {
      path += drawing ? `L${pair(next)}` : `M${pair(point)}L${pair(next)}`;
      drawing = true;
    }
  });
  return path;
}

function alongBorder([ax, ay]: Point, [bx, by]: Point): boolean {
  const shared = (a: number, b: number): boolean => Math.abs(a) > 1 - 1e-9 && a === b;
  return shared(ax, bx) || shared(ay, by);
}

function pair([x, y]: Point): string {
  return `${short(x)},${short(y)}`;
}

/** Three decimals without a leading zero. */
function short(value: number): string {
  return String(Number(value.toFixed(3))).replace(/^(-?)0\./, '$1.');
}
