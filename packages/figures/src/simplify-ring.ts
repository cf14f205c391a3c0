import {elementAt} from './elements.ts';

export type Point = readonly [x: number, y: number];

/**
 * A closed ring with the points left out that lie within `tolerance` of the line that replaces them (Douglas and
 * Peucker 1973), starting from two points far apart.
 */
export function simplifyRing(ring: readonly Point[], tolerance: number): Point[] {
  const [start] = ring;
  if (start === undefined || ring.length < 4) return [...ring];
  const far = indexOfMaximum(ring.map((point) => Math.hypot(point[0] - start[0], point[1] - start[1])));
  const first = simplifyLine(ring.slice(0, far + 1), tolerance);
  const second = simplifyLine([...ring.slice(far), start], tolerance);
  return [...first.slice(0, -1), ...second.slice(0, -1)];
}

function simplifyLine(line: readonly Point[], tolerance: number): Point[] {
  const kept = new Set([0, line.length - 1]);
  const pending: [number, number][] = [[0, line.length - 1]];
  for (let span = pending.pop(); span !== undefined; span = pending.pop()) {
    const [from, to] = span;
    if (to - from < 2) continue;
    const [a, b] = [elementAt(line, from), elementAt(line, to)];
    const deviations = line.slice(from + 1, to).map((point) => deviation(point, a, b));
    const worst = indexOfMaximum(deviations);
    if (elementAt(deviations, worst) <= tolerance) continue;
    const middle = from + 1 + worst;
    kept.add(middle);
    pending.push([from, middle], [middle, to]);
  }
  return line.filter((_, index) => kept.has(index));
}

/** Distance from a point to the line through a and b, or to a where they coincide. */
function deviation(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  const [px, py] = [point[0] - a[0], point[1] - a[1]];
  return length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
}

/** Of the first of the largest values. */
function indexOfMaximum(values: readonly number[]): number {
  let [best, most] = [0, -Infinity];
  for (const [index, value] of values.entries()) if (value > most) [best, most] = [index, value];
  return best;
}
