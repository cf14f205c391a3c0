import {at} from '@minefield/core';

/** How finely one point's surroundings are searched. */
export interface BoundarySearch {
  readonly x: number;
  readonly y: number;
  /** Radii of the circles on which another class is first looked for, rising. */
  readonly rings: ArrayLike<number>;
  /** Points on a circle. */
  readonly angles: number;
  /** Relative tolerance of the distance. */
  readonly tolerance: number;
}

export interface NearestBoundary {
  /** The point's own predicted class. */
  readonly predicted: number;
  /** Distance to the nearest point of another class that was found; Infinity where there is none. */
  readonly distance: number;
  /** Where that is. */
  readonly x: number;
  readonly y: number;
}

interface Polar {
  readonly angle: number;
  readonly radius: number;
}

/** Yields points of the plane, `[m, 2]`, and receives their classes. */
type Search<T> = Generator<Float32Array, T, Int32Array>;

/**
 * Finds the nearest point to (x, y) that another class is predicted at. Yields inputs to classify; the caller runs many
 * searches at once.
 *
 * Circles are widened until one meets another class. The nearest hit is bisected along its ray, and its angle refined in
 * shrinking windows. Then four times as many points just inside the circle found must all be of the own class; if one is
 * not, the search goes on from there. So the distance is exact to the tolerance unless a region of another class passes
 * between neighbouring points of the last circle, or lies wholly between two rings.
 */
export function* nearestBoundary(search: BoundarySearch): Search<NearestBoundary> {
  const {x, y, rings, angles, tolerance} = search;
  const predicted = at(yield Float32Array.of(x, y), 0);
  const missed = {predicted, distance: Infinity, x: Number.NaN, y: Number.NaN};

  /** Which of these points are of another class. */
  function* others(points: readonly Polar[]): Search<Polar[]> {
    const inputs = new Float32Array(2 * points.length);
    points.forEach(({angle, radius}, i) => {
      inputs[2 * i] = x + radius * Math.cos(angle);
      inputs[2 * i + 1] = y + radius * Math.sin(angle);
    });
    const classes = yield inputs;
    return points.filter((_, i) => classes[i] !== predicted);
  }

  /** Bisects all rays at once towards the point; the nearest ends up first. */
  function* nearestOf(hits: readonly Polar[]): Search<Polar | undefined> {
    let brackets = hits.map(({angle, radius}) => ({angle, inner: 0, radius}));
    for (let halvings = Math.ceil(-Math.log2(tolerance)) + 1; halvings > 0; halvings--) {
      const middles = brackets.map(({angle, inner, radius}) => ({angle, radius: (inner + radius) / 2}));
      const outside = new Set(yield* others(middles));
      brackets = brackets.map((bracket, i) => {
        const middle = at(middles, i);
        return outside.has(middle) ? {...bracket, radius: middle.radius} : {...bracket, inner: middle.radius};
      });
    }
    return brackets.toSorted((a, b) => a.radius - b.radius)[0];
  }

  function* refined(start: Polar): Search<Polar> {
    let best = start;
    let window = (2 * Math.PI) / angles;
    while (window > tolerance) {
      const {angle, radius} = best;
      const nearby = [-4, -3, -2, -1, 1, 2, 3, 4].map((j) => ({angle: angle + (j * window) / 4, radius}));
      const hits = yield* others(nearby.map((p) => ({...p, radius: p.radius * (1 - tolerance / 4)})));
      best = (yield* nearestOf(hits)) ?? best;
      window /= hits.length > 0 ? 2 : 4;
    }
    return best;
  }

  let hits: Polar[] = [];
  for (let ring = 0; ring < rings.length && hits.length === 0; ring++) {
    hits = yield* others(circle(angles, at(rings, ring)));
  }
  let best: Polar | undefined;
  for (let start = yield* nearestOf(hits); start; start = yield* nearestOf(hits)) {
    best = yield* refined(start);
    hits = yield* others(circle(4 * angles, best.radius * (1 - 2 * tolerance)));
    // No radius is left where a classifier contradicts itself.
    if (hits.length === 0 || best.radius === 0) break;
  }
  if (!best) return missed;
  const {angle, radius} = best;
  return {predicted, distance: radius, x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle)};
}

function circle(count: number, radius: number): Polar[] {
  return Array.from({length: count}, (_, i) => ({angle: (2 * Math.PI * i) / count, radius}));
}
