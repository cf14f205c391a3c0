export type Point = readonly [x: number, y: number];

/**
 * A closed ring with the points left out that lie within `tolerance` of the line that replaces them (Douglas and
 * Peucker 1973), starting from two points far apart.
 */
export function simplifyRing(ring: readonly Point[], tolerance: number): Point[] {
  if (ring.length < 4) return [...ring];
  const start = ring[0] ?? ([0, 0] as const);
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
    const deviations = line.slice(from + 1, to).map((point) => deviation(point, line[from], line[to]));
    const worst = indexOfMaximum(deviations);
    if ((deviations[worst] ?? 0) <= tolerance) continue;
    const middle = from + 1 + worst;
    kept.add(middle);
    pending.push([from, middle], [middle, to]);
  }
  return line.filter((_, index) => kept.has(index));
}

/** Distance from a point to the line through a and b, or to a where they coincide. */
function deviation(point: Point, a: Point = point, b: Point = a): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  const [px, py] = [point[0] - a[0], point[1] - a[1]];
  return length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
}

function indexOfMaximum(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? -Infinity) ? index : best), 0);
}
